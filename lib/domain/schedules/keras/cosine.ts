import { number, optional, orNull, readArguments, required } from "@/lib/domain/schedules/shared/arguments";
import { cycles } from "@/lib/domain/schedules/shared/cycles";
import { checkLength, NAME, type KerasConstructor } from "./schedule";

/**
 * CosineDecay: peak·((1 − alpha)·½(1 + cos(π·s/decay_steps)) + alpha), held after decay_steps. Without `warmup_target`
 * the peak is I and `warmup_steps` is ignored; with it, a line from I to the target comes first and decay_steps counts
 * from its end. alpha is a fraction of the peak.
 */
export const cosineDecay: KerasConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, {
    initial_learning_rate: required(number),
    decay_steps: required(number),
    alpha: optional(number, 0),
    ...NAME,
    warmup_target: optional(orNull(number), null),
    warmup_steps: optional(number, 0),
  });
  const { initial_learning_rate: initial, decay_steps, alpha, warmup_target } = args;
  checkLength("decay_steps", decay_steps);
  const peak = warmup_target ?? initial;
  const warmup = warmup_target === null ? 0 : args.warmup_steps;
  return (step) => {
    const reached = Math.min(step, decay_steps + warmup);
    if (warmup_target !== null && reached < warmup) return (peak - initial) * (reached / warmup) + initial;
    const height = 0.5 * (1 + Math.cos((Math.PI * (reached - warmup)) / decay_steps));
    return peak * ((1 - alpha) * height + alpha);
  };
};

/**
 * CosineDecayRestarts: I·((1 − alpha)·½·m_mul^i·(1 + cos(π·f)) + alpha) in cycle i of length first_decay_steps·t_mul^i,
 * f the part of it done. m_mul scales the cosine only, not the floor alpha.
 */
export const cosineDecayRestarts: KerasConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, {
    initial_learning_rate: required(number),
    first_decay_steps: required(number),
    t_mul: optional(number, 2),
    m_mul: optional(number, 1),
    alpha: optional(number, 0),
    ...NAME,
  });
  const { initial_learning_rate: initial, first_decay_steps: first, t_mul, m_mul, alpha } = args;
  checkLength("first_decay_steps", first);
  const indexAt = (step: number) => indexOf(step / first, t_mul);
  const cycleAt = cycles(first, t_mul, indexAt, (index) => {
    const length = t_mul ** index;
    const start = t_mul === 1 ? index : (1 - length) / (1 - t_mul);
    return { start, length, half: 0.5 * m_mul ** index };
  });
  return (step) => {
    const { start, length, half } = cycleAt(step);
    const height = half * (1 + Math.cos(Math.PI * ((step / first - start) / length)));
    return initial * ((1 - alpha) * height + alpha);
  };
};

/**
 * `elapsed` is in first cycles: i = floor(log_m(1 − elapsed·(1 − m))) for m = t_mul other than 1. The logarithm is the
 * tensor backend's, not the C library's: for m = 3 it rounds as `Math.log` does, so that the fifth restart is on time,
 * where a correctly rounded one puts it a step late.
 */
function indexOf(elapsed: number, m: number): number {
  return m === 1 ? Math.floor(elapsed) : Math.floor(Math.log(1 - elapsed * (1 - m)) / Math.log(m));
}
