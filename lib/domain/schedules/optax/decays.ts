import {
  boolean,
  number,
  optional,
  orNull,
  readArguments,
  required,
} from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { stepPower, wholePower } from "@/lib/domain/schedules/powers";
import type { OptaxConstructor, OptaxSchedule } from "./schedule";

interface PolynomialArguments {
  init_value: number;
  end_value: number;
  power: number;
  transition_steps: number;
  transition_begin: number;
}

interface ExponentialArguments {
  init_value: number;
  transition_steps: number;
  decay_rate: number;
  transition_begin: number;
  staircase: boolean;
  end_value: number | null;
}

interface CosineArguments {
  init_value: number;
  decay_steps: number;
  alpha: number;
  exponent: number;
}

const LINEAR_PARAMETERS = {
  init_value: required(number),
  end_value: required(number),
  transition_steps: required(number),
  transition_begin: optional(number, 0),
};

export const EXPONENTIAL_PARAMETERS = {
  transition_steps: required(number),
  decay_rate: required(number),
  transition_begin: optional(number, 0),
  staircase: optional(boolean, false),
  end_value: optional(orNull(number), null),
};

export const constantSchedule: OptaxConstructor = (kwargs, path) => {
  const { value } = readArguments(kwargs, path, { value: required(number) });
  return () => value;
};

export const linearSchedule: OptaxConstructor = (kwargs, path) =>
  polynomial({ ...readArguments(kwargs, path, LINEAR_PARAMETERS), power: 1 });

export const polynomialSchedule: OptaxConstructor = (kwargs, path) =>
  polynomial(readArguments(kwargs, path, { ...LINEAR_PARAMETERS, power: required(number) }));

export const exponentialDecay: OptaxConstructor = (kwargs, path) =>
  exponential(readArguments(kwargs, path, { init_value: required(number), ...EXPONENTIAL_PARAMETERS }));

export const cosineDecaySchedule: OptaxConstructor = (kwargs, path) =>
  cosine(
    readArguments(kwargs, path, {
      init_value: required(number),
      decay_steps: required(number),
      alpha: optional(number, 0),
      exponent: optional(number, 1),
    }),
  );

/**
 * (init − end)(1 − c/T)^power + end, c = clip(t − B, 0, T). T ≤ 0 holds init for ever, so a warmup of 0 steps never
 * leaves its initial value; B < 0 counts as 0.
 */
export function polynomial(args: PolynomialArguments): OptaxSchedule {
  const { init_value: init, end_value: end, power, transition_steps: length } = args;
  if (length <= 0) return () => init;
  const begin = Math.max(0, args.transition_begin);
  return (count) => {
    const done = Math.min(Math.max(count - begin, 0), length);
    return (init - end) * (1 - done / length) ** power + end;
  };
}

/**
 * init up to t = B, then init·rate^((t − B)/T), the exponent floored with `staircase`; `end_value` bounds it below for
 * rate < 1, above otherwise. T ≤ 0 or rate 0 holds init.
 */
export function exponential(args: ExponentialArguments): OptaxSchedule {
  const { init_value: init, transition_steps: length, decay_rate: rate, staircase, end_value: end } = args;
  if (length <= 0 || rate === 0) return () => init;
  const begin = Math.max(0, args.transition_begin);
  const bound = rate < 1 ? Math.max : Math.min;
  const whole = wholePower(rate);
  const smooth = rate > 0 ? stepPower(Math.log(rate) / length) : null;
  const decayed = (done: number) => {
    if (staircase) return whole(Math.floor(done / length));
    return smooth ? smooth(done) : rate ** (done / length);
  };
  return (count) => {
    const value = count <= begin ? init : init * decayed(count - begin);
    return end === null ? value : bound(value, end);
  };
}

/** init·((1 − alpha)·(½(1 + cos(π·min(t, D)/D)))^exponent + alpha). */
export function cosine({ init_value: init, decay_steps, alpha, exponent }: CosineArguments): OptaxSchedule {
  if (decay_steps <= 0) {
    const message = `The cosine_decay_schedule requires positive decay_steps, got decay_steps=${decay_steps}.`;
    throw new PythonError("ValueError", message);
  }
  return (count) => {
    const height = 0.5 * (1 + Math.cos((Math.PI * Math.min(count, decay_steps)) / decay_steps));
    // The default, and slow as a power.
    const bent = exponent === 1 ? height : height ** exponent;
    return init * ((1 - alpha) * bent + alpha);
  };
}
