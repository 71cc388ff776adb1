import { boolean, number, optional, readArguments, required } from "@/lib/domain/schedules/shared/arguments";
import { stepPower, wholePower } from "@/lib/domain/schedules/powers";
import { checkLength, NAME, type KerasConstructor } from "./schedule";

const RATE_PARAMETERS = {
  initial_learning_rate: required(number),
  decay_steps: required(number),
  decay_rate: required(number),
  staircase: optional(boolean, false),
  ...NAME,
};

/** ExponentialDecay: I·decay_rate^(s / decay_steps), the exponent floored with `staircase`. */
export const exponentialDecay: KerasConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, RATE_PARAMETERS);
  checkLength("decay_steps", args.decay_steps);
  const { initial_learning_rate: initial, decay_steps, decay_rate: rate, staircase } = args;
  const whole = wholePower(rate);
  if (staircase) return (step) => initial * whole(Math.floor(step / decay_steps));
  // Faster than a power for each step; no other rate is used in earnest.
  const smooth = rate > 0 ? stepPower(Math.log(rate) / decay_steps) : null;
  return (step) => initial * (smooth ? smooth(step) : rate ** (step / decay_steps));
};

/** InverseTimeDecay: I / (1 + decay_rate·s / decay_steps), the quotient floored with `staircase`. */
export const inverseTimeDecay: KerasConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, RATE_PARAMETERS);
  checkLength("decay_steps", args.decay_steps);
  return (step) => {
    const periods = step / args.decay_steps;
    return (
      args.initial_learning_rate / (1 + args.decay_rate * (args.staircase ? Math.floor(periods) : periods))
    );
  };
};

/**
 * PolynomialDecay: (I − end)(1 − s'/D)^power + end, with s' = min(s, decay_steps) and D = decay_steps. With `cycle`,
 * s' = s and D is the first multiple of decay_steps at or after s: the LR reaches end at each multiple, and jumps next.
 */
export const polynomialDecay: KerasConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, {
    initial_learning_rate: required(number),
    decay_steps: required(number),
    end_learning_rate: optional(number, 0.0001),
    power: optional(number, 1),
    cycle: optional(boolean, false),
    ...NAME,
  });
  const { initial_learning_rate: initial, end_learning_rate: end, decay_steps, power, cycle } = args;
  checkLength("decay_steps", decay_steps);
  return (step) => {
    const length = cycle && step !== 0 ? decay_steps * Math.ceil(step / decay_steps) : decay_steps;
    const progress = (cycle ? step : Math.min(step, decay_steps)) / length;
    return (initial - end) * (1 - progress) ** power + end;
  };
};
