import "server-only";
import type { OverlayEvent } from "@/lib/contracts/overlay";
import type { LrJump } from "@/lib/domain/audit/jumps";
import type { AuditReport } from "@/lib/domain/audit/report";
import type { LrChange } from "@/lib/domain/control/effective";
import type { Ctx } from "../context";
import type { SeriesRow } from "../metrics/store";
import type { RunRow } from "../runs/serialize";
import { RunCache } from "../work/run-cache";
import { runTask } from "../work/run-task";

export interface Marked {
  run: RunRow;
  lr: SeriesRow | undefined;
  changes: readonly LrChange[];
  audit: AuditReport;
  /** Steps at which the job applied a request. */
  requested: readonly number[];
}

/** More jumps than this are a staircase, which the line itself shows best. */
const MOST = 8;

const jumpsOf = new RunCache<LrJump[]>();

/** Where the LR jumped and nothing asked it to: the same whatever part of the run is looked at. */
export async function lrMarks(ctx: Ctx, marked: Marked): Promise<OverlayEvent[]> {
  const { run, lr, changes, audit, requested } = marked;
  if (!lr || audit.verdict === "match") return [];
  const { id, stepsPerEpoch, totalSteps, lastStep } = run;
  const schedule = run.schedule ?? run.inferred;
  const [offset, restarts] = [audit.offset ?? 0, audit.findings.flatMap(restartOf)];
  const input = { run: { id, schedule, stepsPerEpoch, totalSteps, lastStep }, lr, changes, offset, restarts };
  const asked = [schedule, stepsPerEpoch, totalSteps, lastStep, changes, offset, restarts];
  const stamp = JSON.stringify([lr.id, lr.observations, ...asked]);
  const jumps = await jumpsOf.get(id, stamp, () =>
    runTask("lrJumps", input, { signal: ctx.signal, key: () => `${id} ${stamp}` }),
  );
  const caused = (jump: LrJump) => requested.some((step) => step > jump.after && step <= jump.step + 1);
  const unasked = jumps.filter((jump) => jump.restart !== null || !caused(jump));
  return unasked.length > MOST ? [] : unasked.map(eventOf);
}

function restartOf({ code, params, from_step }: AuditReport["findings"][number]): number[] {
  if (code !== "restarted") return [];
  return [typeof params.restart_step === "number" ? params.restart_step : from_step];
}

function eventOf({ step, from, to, restart }: LrJump): OverlayEvent {
  const at = restart ?? step;
  const label = restart === null ? factorOf(from, to) : `restarted at ${restart}`;
  return { kind: "lr_change", step: at, from_lr: from, to_lr: to, label };
}

/** From and to zero there is no factor. */
function factorOf(from: number, to: number): string {
  if (to === 0) return "to 0";
  return from === 0 ? "up from 0" : `×${Number((to / from).toPrecision(3))}`;
}
