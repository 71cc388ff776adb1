import { realPower, wholePower, type WholePower } from "@/lib/domain/schedules/powers";

/** `max(floor, peak·gamma^(step/decay_steps))`, the exponent floored if `staircase`. TensorFlow ExponentialDecay. */
export interface ExponentialSpec {
  kind: "exponential";
  peak: number;
  gamma: number;
  decay_steps?: number;
  staircase?: boolean;
  floor?: number;
}

/** What `exponentialAt` needs of gamma, worked out once for many steps. */
export interface Decay {
  rate: number;
  power: WholePower;
}

export function decayOf({ gamma }: ExponentialSpec): Decay {
  return { rate: Math.log(gamma), power: wholePower(gamma) };
}

export function exponentialAt(spec: ExponentialSpec, { rate, power }: Decay, step: number): number {
  const progress = step / (spec.decay_steps ?? 1);
  const decayed = spec.staircase ? power(Math.floor(progress)) : realPower(rate, progress);
  return Math.max(spec.floor ?? 0, spec.peak * decayed);
}
