import {
  either,
  ignored,
  integer,
  listOf,
  number,
  optional,
  readArguments,
  required,
} from "@/lib/domain/schedules/shared/arguments";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { divide, floorDivide, power } from "@/lib/domain/schedules/shared/python-math";
import { combineScheds } from "./combine";
import { cosineBetween, type FastaiConstructor, type PositionCurve } from "./curves";

/** One LR, or one per param group. fastai makes it a numpy array, so a division by zero does not raise. */
const lr = either(number, listOf(number));

/** Arguments of every fit method that have no bearing on the LR as a function of the position. */
const FIT_PARAMETERS = {
  wd: optional(ignored, null),
  cbs: optional(ignored, null),
  reset_opt: optional(ignored, null),
};

/** Learner.fit_one_cycle: cosines lr_max/div → lr_max over pct_start, then → lr_max/div_final. */
export const fitOneCycle: FastaiConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, {
    n_epoch: optional(ignored, null),
    lr_max: required(lr),
    div: optional(number, 25),
    div_final: optional(number, 1e5),
    pct_start: optional(number, 0.25),
    moms: optional(ignored, null),
    ...FIT_PARAMETERS,
  });
  const peaks = [args.lr_max].flat();
  const starts = peaks.map((peak) => peak / args.div);
  const ends = peaks.map((peak) => peak / args.div_final);
  return combinedCos(args.pct_start, starts, peaks, ends);
};

/** Learner.fit_flat_cos: lr over pct_start, then a cosine to lr/div_final. */
export const fitFlatCos: FastaiConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, {
    n_epoch: optional(ignored, null),
    lr: required(lr),
    div_final: optional(number, 1e5),
    pct_start: optional(number, 0.75),
    ...FIT_PARAMETERS,
  });
  const flat = [args.lr].flat();
  const ends = flat.map((value) => value / args.div_final);
  return combinedCos(args.pct_start, flat, flat, ends);
};

/** Each of them is kept in memory. */
const MOST_CYCLES = 10_000;

/** Learner.fit_sgdr: n_cycles cosines lr_max → 0 of lengths cycle_len·cycle_mult^i. */
export const fitSgdr: FastaiConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, {
    n_cycles: required(integer),
    cycle_len: required(number),
    lr_max: required(lr),
    cycle_mult: optional(number, 2),
    ...FIT_PARAMETERS,
  });
  const { n_cycles, cycle_len, cycle_mult } = args;
  if (n_cycles > MOST_CYCLES) throw new ScheduleError(`${path}.n_cycles`, `must be at most ${MOST_CYCLES}`);
  const peaks = [args.lr_max].flat();
  const epochs = floorDivide(cycle_len * (power(cycle_mult, n_cycles) - 1), cycle_mult - 1);
  const cycles = Array.from({ length: Math.max(0, n_cycles) }, (_, index) => index);
  const pcts = cycles.map((index) => divide(cycle_len * power(cycle_mult, index), epochs));
  const cycle = cosines(
    peaks,
    peaks.map(() => 0),
  );
  return combineScheds(
    pcts,
    pcts.map(() => cycle),
  );
};

/** fastai's `combined_cos` on its own. */
export const combinedCosine: FastaiConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, {
    pct: required(number),
    start: required(number),
    middle: required(number),
    end: required(number),
  });
  return combinedCos(args.pct, [args.start], [args.middle], [args.end]);
};

function combinedCos(
  pct: number,
  start: readonly number[],
  middle: readonly number[],
  end: readonly number[],
): PositionCurve {
  return combineScheds([pct, 1 - pct], [cosines(start, middle), cosines(middle, end)]);
}

function cosines(start: readonly number[], end: readonly number[]): PositionCurve {
  return (p) => start.map((value, group) => cosineBetween(value, end[group] ?? Number.NaN, p));
}
