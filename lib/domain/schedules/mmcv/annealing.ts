import {
  listOf,
  number,
  optional,
  orNull,
  readArguments,
  required,
} from "@/lib/domain/schedules/shared/arguments";
import { PythonError, pythonAssert } from "@/lib/domain/schedules/shared/python-error";
import { firstAbove } from "@/lib/domain/schedules/stairs";
import { divide, roundHalfEven } from "@/lib/domain/schedules/shared/python-math";
import { annealCosine, annealLinear, type Anneal } from "./anneal";
import { counter, type HookConstructor } from "./hook";
import { checkWarmup, HOOK_PARAMETERS } from "./warmup";

const PARAMETERS = {
  min_lr: optional(orNull(number), null),
  min_lr_ratio: optional(orNull(number), null),
  ...HOOK_PARAMETERS,
};

interface TargetArguments {
  min_lr: number | null;
  min_lr_ratio: number | null;
}

/** Anneals b → target over p / max; the last p is max − 1, so the target is not reached. */
function annealingHook(anneal: Anneal): HookConstructor {
  return ({ kwargs, path, bases }) => {
    const args = readArguments(kwargs, path, PARAMETERS);
    const target = targetOf(args);
    checkWarmup(args);
    return {
      warmup: args,
      regular: (progress) => {
        const { done, total } = counter(progress, args.by_epoch);
        const part = divide(done, total);
        return bases.map((base) => anneal(base, target(base), part));
      },
    };
  };
}

/** CosineAnnealingLrUpdaterHook: target + ½(b − target)(cos(π·p/max) + 1). */
export const cosineAnnealingHook = annealingHook(annealCosine);

/** LinearAnnealingLrUpdaterHook: b + (target − b)·p/max. */
export const linearAnnealingHook = annealingHook(annealLinear);

/** FlatCosineAnnealingLrUpdaterHook: b until round(start_percent·max), half to even, then a cosine to the end. */
export const flatCosineHook: HookConstructor = ({ kwargs, path, bases }) => {
  const args = readArguments(kwargs, path, { start_percent: optional(number, 0.75), ...PARAMETERS });
  const target = targetOf(args);
  if (args.start_percent < 0 || args.start_percent > 1) {
    const message = `expected float between 0 and 1 start_percent, but got ${args.start_percent}`;
    throw new PythonError("ValueError", message);
  }
  checkWarmup(args);
  return {
    warmup: args,
    regular: (progress) => {
      const { done, total } = counter(progress, args.by_epoch);
      const start = roundHalfEven(total * args.start_percent);
      if (done < start) return [...bases];
      const part = divide(done - start, total - start);
      return bases.map((base) => annealCosine(base, target(base), part));
    },
  };
};

/**
 * CosineRestartLrUpdaterHook: in period i, target + ½·weight_i·(b − target)(cos(π·part) + 1). Raises ValueError when
 * training outlasts the periods.
 */
export const cosineRestartHook: HookConstructor = ({ kwargs, path, bases }) => {
  const args = readArguments(kwargs, path, {
    periods: required(listOf(number)),
    restart_weights: optional(listOf(number), [1]),
    ...PARAMETERS,
  });
  const target = targetOf(args);
  const { periods, restart_weights: weights } = args;
  pythonAssert(periods.length === weights.length, "periods and restart_weights should have the same length.");
  checkWarmup(args);
  const periodAt = periodsOf(periods);
  return {
    warmup: args,
    regular: (progress) => {
      const { done } = counter(progress, args.by_epoch);
      const period = periodAt(done);
      const part = Math.min(divide(done - period.start, period.length), 1);
      return bases.map((base) => annealCosine(base, target(base), part, weights[period.index]));
    },
  };
};

/** done ↦ the period that holds it. */
function periodsOf(
  lengths: readonly number[],
): (done: number) => { index: number; start: number; length: number } {
  let end = 0;
  const ends = lengths.map((length) => (end += length));
  return (done) => {
    const index = firstAbove(ends, done);
    const length = lengths[index];
    if (length !== undefined) return { index, start: ends[index - 1] ?? 0, length };
    throw new PythonError("ValueError", `Current iteration ${done} exceeds cumulative_periods`);
  };
}

/** min_lr, or min_lr_ratio of the base LR; exactly one must be given. */
function targetOf({ min_lr, min_lr_ratio }: TargetArguments): (base: number) => number {
  pythonAssert((min_lr === null) !== (min_lr_ratio === null));
  return (base) => (min_lr_ratio === null ? (min_lr ?? 0) : base * min_lr_ratio);
}
