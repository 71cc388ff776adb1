import type { LibraryEvaluation, LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { findConstructor } from "@/lib/domain/schedules/shared/constructors";
import { sample, type Curve } from "@/lib/domain/schedules/shared/sample";
import { baseLrsOf, steppingOf, upTo } from "@/lib/domain/schedules/shared/schedule-input";
import { cosineAnnealingHook, cosineRestartHook, flatCosineHook, linearAnnealingHook } from "./annealing";
import { cyclicHook } from "./cyclic";
import { expHook, fixedHook, invHook, polyHook, stepHook } from "./decays";
import { maxIters, type HookConstructor, type Progress } from "./hook";
import { oneCycleHook } from "./one-cycle";
import { warmupFactor } from "./warmup";

const CONSTRUCTORS: Readonly<Record<string, HookConstructor>> = {
  FixedLrUpdaterHook: fixedHook,
  StepLrUpdaterHook: stepHook,
  ExpLrUpdaterHook: expHook,
  PolyLrUpdaterHook: polyHook,
  InvLrUpdaterHook: invHook,
  CosineAnnealingLrUpdaterHook: cosineAnnealingHook,
  LinearAnnealingLrUpdaterHook: linearAnnealingHook,
  FlatCosineAnnealingLrUpdaterHook: flatCosineHook,
  CosineRestartLrUpdaterHook: cosineRestartHook,
  CyclicLrUpdaterHook: cyclicHook,
  OneCycleLrUpdaterHook: oneCycleHook,
};

export const MMCV_NAMES: readonly string[] = Object.keys(CONSTRUCTORS);

/** The LRs that mmcv's runner uses, iteration by iteration. Throws ScheduleError for a bad declaration. */
export function evaluateMmcv(schedule: LibrarySchedule): LibraryEvaluation {
  const { count } = steppingOf(schedule, ["mmcv-iter"]);
  return sample(() => mmcvLr(schedule), { steps: upTo(count), groups: baseLrsOf(schedule).length });
}

/**
 * The LR per group in iteration t, 0-based: the hook's regular LR, which moves per epoch or per iteration, times the
 * warmup factor, which always moves per iteration. Warmup multiplies the running curve, it does not delay it.
 * Needs an `mmcv-iter` stepping for the length of training. Throws PythonError where mmcv raises.
 */
export function mmcvLr(schedule: LibrarySchedule): Curve {
  const { max_epochs: maxEpochs, epoch_len: epochLength } = steppingOf(schedule, ["mmcv-iter"]);
  const training = { maxEpochs, epochLength };
  const construct = findConstructor(CONSTRUCTORS, schedule.constructor, "schedule.constructor");
  const bases = baseLrsOf(schedule);
  const hook = construct({ kwargs: schedule.kwargs, path: "schedule.kwargs", bases, training });
  const ends = { maxEpochs, maxIters: maxIters(training) };
  return (t) => {
    const epoch = Math.floor(t / epochLength);
    // by_epoch hooks compute the regular LR when the epoch begins; no by-epoch rule reads `iter`.
    const progress: Progress = { epoch, iter: t, ...ends };
    const factor = warmupFactor(hook.warmup, t, epochLength);
    return hook.regular(progress).map((lr) => lr * factor);
  };
}
