import "server-only";
import { type LrJump, unscheduledJumps } from "@/lib/domain/audit/jumps";
import type { LrChange } from "@/lib/domain/control/effective";
import { readLrLog } from "../audit/read-lr-log";
import type { SeriesRow } from "../metrics/store";
import { effectiveAt } from "../schedules/effective-lr";
import { type CurvedRun, curveOn } from "../schedules/rule-curve";
import type { TaskDb } from "../work/task";

/** A run's logged LR and all that asked for it. */
export interface JumpsInput {
  /** `schedule` is the declared one, else the one that its log shows. */
  run: CurvedRun;
  lr: SeriesRow;
  changes: readonly LrChange[];
  /** As the audit has them. */
  offset: number;
  restarts: readonly number[];
}

export const jumpsCost = ({ lr }: JumpsInput): number => lr.observations;

/** The jumps of a whole run's LR that neither its schedule nor a request asked for. */
export async function findJumps(input: JumpsInput, db: TaskDb): Promise<LrJump[]> {
  const { run, lr, changes, offset, restarts } = input;
  const store = await db.store();
  const log = (await readLrLog(store, lr)).filter((point) => Number.isFinite(point.lr));
  const curve = await curveOn(store, run);
  const steps = log.map(({ step }) => Math.max(0, step + offset));
  const [expected = null] = curve ? effectiveAt(curve, changes, steps) : [];
  return unscheduledJumps(log, expected, restarts);
}
