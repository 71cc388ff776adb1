import type { LibraryEvaluation, LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { findConstructor } from "@/lib/domain/schedules/shared/constructors";
import { sample, type Curve } from "@/lib/domain/schedules/shared/sample";
import { baseLrsOf, steppingOf, upTo } from "@/lib/domain/schedules/shared/schedule-input";
import { cosineLrScheduler, polyLrScheduler, tanhLrScheduler } from "./cyclic";
import type { TimmConstructor, TimmScheduler } from "./scheduler";
import { multiStepLrScheduler, stepLrScheduler } from "./step";

const CONSTRUCTORS: Readonly<Record<string, TimmConstructor>> = {
  CosineLRScheduler: cosineLrScheduler,
  TanhLRScheduler: tanhLrScheduler,
  PolyLRScheduler: polyLrScheduler,
  StepLRScheduler: stepLrScheduler,
  MultiStepLRScheduler: multiStepLrScheduler,
};

export const TIMM_NAMES: readonly string[] = Object.keys(CONSTRUCTORS);

/** Runs a timm scheduler as `stepping` (`timm-epoch` or `timm-update`) says. Throws ScheduleError for a bad declaration. */
export function evaluateTimm(schedule: LibrarySchedule): LibraryEvaluation {
  const { count } = steppingOf(schedule, ["timm-epoch", "timm-update"]);
  const groups = baseLrsOf(schedule).length;
  return sample(() => timmLr(schedule), { steps: upTo(count), groups, uncalled: 1 });
}

/**
 * The LR per group after `.step(t)`; at t = 0 what the constructor set. Without a timm stepping the trainer is taken
 * to call the method that `t_in_epochs` asks for; the other one leaves the LR alone. Throws PythonError where timm raises.
 */
export function timmLr(schedule: LibrarySchedule): Curve {
  const scales = lrScales(schedule);
  const { initial, at, inUpdates } = build(schedule);
  const moves = called(schedule, inUpdates) === inUpdates;
  const resting: Curve = () => [...initial];
  const unscaled: Curve = moves ? (t) => (t === 0 ? resting(t) : at(t)) : resting;
  return scales ? (t) => unscaled(t).map((lr, group) => lr * (scales[group] ?? 1)) : unscaled;
}

/** timm's `get_cycle_length(cycles)`: steps until the last cycle ends; null for classes without cycles. */
export function timmCycleLength(schedule: LibrarySchedule, cycles = 0): number | null {
  return build(schedule).cycleLength?.(cycles) ?? null;
}

function build(schedule: LibrarySchedule): TimmScheduler {
  const construct = findConstructor(CONSTRUCTORS, schedule.constructor, "schedule.constructor");
  return construct(schedule.kwargs, baseLrsOf(schedule), "schedule.kwargs");
}

/** Whether the trainer calls `step_update`. */
function called({ stepping }: LibrarySchedule, otherwise: boolean): boolean {
  if (!stepping || !("mode" in stepping)) return otherwise;
  if (stepping.mode === "timm-epoch") return false;
  return stepping.mode === "timm-update" || otherwise;
}

function lrScales({ lr_scale, base_lrs }: LibrarySchedule): readonly number[] | undefined {
  if (!lr_scale || lr_scale.length === base_lrs?.length) return lr_scale;
  throw new ScheduleError("schedule.lr_scale", "expected one multiplier per param group");
}
