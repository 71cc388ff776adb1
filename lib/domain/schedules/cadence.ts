import { libraryOf } from "@/lib/domain/schedules/library-of";
import type { LibrarySchedule, Stepping, UnitStepping } from "@/lib/domain/schedules/library-schedule";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";

/** When a run's training steps its scheduler, counted in optimizer updates. */
export interface Cadence {
  /** Updates between two calls of `scheduler.step()`. */
  between: number;
  /** Steps that the scheduler has done before update `t`. */
  stepsBefore: (t: number) => number;
  /** Updates after which it has done `steps` of them. */
  updatesFor: (steps: number) => number;
}

/** One step after each update. */
const ORDINARY: Required<UnitStepping> = {
  unit: "step",
  every: 1,
  calls: 1,
  until: Infinity,
  each_epoch: false,
};

/** How a run's scheduler is stepped; the ordinary way where nothing is said, or how a golden file drove it. */
export function unitStepping({ stepping }: { stepping?: Stepping }): Required<UnitStepping> {
  return stepping && "unit" in stepping ? { ...ORDINARY, ...stepping } : ORDINARY;
}

/** Whether the scheduler does other than one step after each update, each epoch, or each few of them. */
export function isUneven(schedule: { stepping?: Stepping }): boolean {
  const { calls, until, each_epoch } = unitStepping(schedule);
  return calls !== 1 || until !== Infinity || each_epoch;
}

/**
 * Null: one step after each update. Throws ScheduleError where the length of an epoch is needed and not known. mmcv and
 * fastai count updates and epochs on their own.
 */
export function cadenceOf(
  schedule: LibrarySchedule,
  stepsPerEpoch: number | null | undefined,
): Cadence | null {
  const { unit, every, calls, until, each_epoch } = unitStepping(schedule);
  if (["mmcv", "fastai"].includes(libraryOf(schedule))) return null;
  const epoch = unit === "epoch" || each_epoch ? epochLength(stepsPerEpoch) : 1;
  const between = unit === "epoch" ? epoch * every : every;
  if (between === 1 && !isUneven(schedule)) return null;
  const [length, perLength] = each_epoch ? [epoch, Math.floor(epoch / between)] : [between, 1];
  const callsBefore = (t: number) =>
    Math.floor(t / length) * perLength + Math.min(perLength, Math.floor((t % length) / between));
  const updatesUntil = (call: number) =>
    perLength === 0 ? Infinity : Math.floor(call / perLength) * length + (call % perLength) * between;
  return {
    between,
    stepsBefore: (t) => Math.min(until, callsBefore(t) * calls),
    updatesFor: (steps) => updatesUntil(Math.ceil(Math.min(until, steps) / calls)),
  };
}

function epochLength(stepsPerEpoch: number | null | undefined): number {
  if (stepsPerEpoch !== null && stepsPerEpoch !== undefined && stepsPerEpoch > 0) return stepsPerEpoch;
  throw new ScheduleError("steps_per_epoch", "this schedule needs steps_per_epoch of the run");
}
