import {
  finite,
  stepPower,
  type StepPower,
  wholePower,
  type WholePower,
} from "@/lib/domain/schedules/powers";

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
  /** Per step. */
  smooth: StepPower;
  /** Per `decay_steps`. */
  whole: WholePower;
}

export function decayOf({ gamma, decay_steps = 1 }: ExponentialSpec): Decay {
  return { smooth: stepPower(Math.log(gamma) / decay_steps), whole: wholePower(gamma) };
}

export function exponentialAt(spec: ExponentialSpec, { smooth, whole }: Decay, step: number): number {
  const decayed = spec.staircase ? whole(Math.floor(step / (spec.decay_steps ?? 1))) : smooth(step);
  return Math.max(spec.floor ?? 0, spec.peak * finite(decayed));
}
