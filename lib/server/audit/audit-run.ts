import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import type { AuditReport } from "@/lib/domain/audit/report";
import type { LrChange } from "@/lib/domain/control/effective";
import { type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import type { Ctx } from "../context";
import { ServiceError } from "../errors";
import type { MetricStore, SeriesRow } from "../metrics/store";
import { storeOn } from "../metrics/store-on";
import type { RunRow } from "../runs/serialize";
import { storedSchedule } from "../schedules/declared-lr";
import { runTask } from "../work/run-task";
import type { AuditedLog } from "./audit-log";
import { findingsCache } from "./findings-cache";
import { counterKeys } from "./read-lr-log";

export interface Audited {
  run: RunRow;
  /** The metric that holds the LR; undefined: none was logged. */
  lr: SeriesRow | undefined;
  changes: readonly LrChange[];
}

/**
 * The findings of a whole run. A live run is asked several times a second, so they are kept until something changes.
 * @throws ServiceError unavailable when they cannot be had in time
 */
export async function auditRun(
  ctx: Pick<Ctx, "db" | "signal">,
  { run, lr, changes }: Audited,
): Promise<AuditReport> {
  const { schedule, stepsPerEpoch, totalSteps } = run;
  if (schedule === null) return nothing("no_schedule");
  if (!lr) return nothing("no_lr");
  const store = storeOn(ctx.db);
  const monitored = await monitoredRow(store, run.id, storedSchedule(schedule));
  const counting = counterKeys(run.series.map(({ key }) => key));
  const counters = counting.length > 0 ? await store.findSeries(run.id, counting) : [];
  const audited: AuditedLog = { schedule, stepsPerEpoch, totalSteps, changes, lr, monitored, counters };
  const stamp = stampOf(audited);
  return findingsCache.get(run.id, stamp, () =>
    runTask("audit", audited, { signal: ctx.signal, key: () => `${run.id} ${stamp}` }),
  );
}

const stampOf = ({
  schedule,
  stepsPerEpoch,
  totalSteps,
  changes,
  lr,
  monitored,
  counters,
}: AuditedLog): string =>
  [
    ...[schedule, stepsPerEpoch, totalSteps, JSON.stringify(changes)],
    ...[lr.id, lr.observations, lr.lastStep, monitored?.observations],
    ...counters.map(({ observations }) => observations),
  ].join("\n");

async function monitoredRow(
  store: MetricStore,
  runId: string,
  declared: DeclaredSchedule,
): Promise<SeriesRow | null> {
  const own = isNative(declared) && declared.kind === "reduce_on_plateau" ? declared.monitor : undefined;
  const monitor = isNative(declared) ? own : declared.monitor;
  return monitor === undefined ? null : ((await store.findSeries(runId, [monitor]))[0] ?? null);
}

const nothing = (verdict: AuditReport["verdict"]): AuditReport => ({
  verdict,
  findings: [],
  offset: null,
  max_relative_error: null,
});

/** A chart is not held up for longer than this by the audit beside it. */
const PATIENCE_MS = 10_000;

/**
 * For where an audit is shown beside other things: `unfinished` when there is none in time. It is then still worked on,
 * for who asks next.
 */
export async function auditInTime(
  ctx: Ctx,
  audited: Audited,
  patienceMs = PATIENCE_MS,
): Promise<AuditReport> {
  const audit = auditRun(ctx, audited).catch((error: unknown) => {
    if (error instanceof ServiceError && !ctx.signal.aborted) return nothing("unfinished");
    throw error;
  });
  const late = pause(patienceMs, nothing("unfinished"), { ref: false });
  return Promise.race([audit, late]);
}
