import "server-only";
import { type AuditVerdict, verdictOf, worstFault } from "@/lib/domain/audit/verdict";
import type { AuditReport, Finding } from "@/lib/domain/audit/report";
import type { HealthCode } from "@/lib/domain/health/note";
import { type PlateauState, plateauState } from "@/lib/domain/plateau/plateau-state";
import { auditRun } from "../audit/audit-run";
import { lrKeyOf } from "../audit/infer-run";
import type { Reader } from "../db/database";
import { asServiceError } from "../http/problem-answer";
import { log } from "../log";
import { storeOn } from "../metrics/store-on";
import { loadPolicy, REMOVED } from "../plateau/policy-rows";
import type { RunRow } from "../runs/serialize";
import { appliedChanges } from "../schedules/effective-lr";
import { runTask } from "../work/run-task";
import { WorkLimitError } from "../work/work-limit-error";

export interface JudgedRun extends AuditVerdict {
  health: HealthCode | null;
  plateau: PlateauState | null;
  /** The finding that the verdict is of. */
  fault: Finding | null;
  /** Something was too much to be worked out, and would be so again. */
  gaveUp: boolean;
}

const NEVER = new AbortController().signal;

/** What is known of a run's LR, loss and plateaus. Throws only while the server is too busy to tell. */
export async function judgeRun(reader: Reader, run: RunRow): Promise<JudgedRun> {
  const report = await orGiveUp(run.id, () => reportOf(reader, run));
  const steps = (run.lastStep ?? 0) + 1;
  const health = await orGiveUp(run.id, () =>
    runTask("runHealth", { runId: run.id, steps }, { signal: NEVER }),
  );
  const plateau = await orGiveUp(run.id, () => stateOf(reader, run.id));
  return {
    ...verdictOf(report ?? NOT_JUDGED),
    fault: worstFault(report ?? NOT_JUDGED),
    health: health ?? null,
    plateau: plateau ?? null,
    gaveUp: [report, health, plateau].includes(undefined),
  };
}

const NOT_JUDGED: Pick<AuditReport, "verdict" | "findings"> = { verdict: "unfinished", findings: [] };

async function reportOf(reader: Reader, run: RunRow) {
  const key = lrKeyOf(run);
  const [lr] = key === null ? [] : await storeOn(reader).findSeries(run.id, [key]);
  const changes = run.schedule === null ? [] : await appliedChanges(reader, run.id);
  return auditRun({ db: reader, signal: NEVER }, { run, lr, changes });
}

async function stateOf({ prisma }: Reader, runId: string): Promise<PlateauState | null> {
  const policies = await prisma.plateauPolicy.findMany({ where: { runId, action: { not: REMOVED } } });
  return plateauState(policies.map((row) => ({ fired: loadPolicy(row).firings.list })));
}

/** undefined: it cannot be told. */
async function orGiveUp<T>(runId: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (err) {
    if (asServiceError(err).code === "unavailable" && !(err instanceof WorkLimitError)) throw err;
    log().warn({ err, run: runId }, "a run could not be judged");
    return undefined;
  }
}
