import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { dividesEvenly } from "./compiled-division";
import type { Call } from "./to-torch";

/* eslint-disable complexity -- one case per kind */
/** Keras' class for a schedule; null where it has none. */
export function kerasCall(spec: ScheduleSpec): Call | null {
  switch (spec.kind) {
    case "step":
      return exponential(spec.peak, spec.step_size, spec.gamma, true);
    case "exponential":
      return spec.floor ? null : exponential(spec.peak, spec.decay_steps ?? 1, spec.gamma, spec.staircase);
    case "inverse_time": {
      const { peak, decay_steps, decay_rate, staircase = false } = spec;
      if (staircase && !dividesEvenly(decay_steps)) return null;
      return made("InverseTimeDecay", { initial_learning_rate: peak, decay_steps, decay_rate, staircase });
    }
    case "piecewise":
      // Keras keeps a value at its boundary, we change there.
      return made("PiecewiseConstantDecay", {
        boundaries: spec.boundaries.map((at) => at - 1),
        values: spec.values,
      });
    case "multi_step":
      return made("PiecewiseConstantDecay", {
        boundaries: spec.milestones.map((at) => at - 1),
        values: [0, ...spec.milestones].map((_, i) => spec.peak * spec.gamma ** i),
      });
    case "linear":
      return polynomial(spec.from, spec.steps, spec.to, 1);
    case "polynomial":
      // With XLA, a fractional power may be NaN at the last step.
      if (!Number.isInteger(spec.power)) return null;
      return polynomial(spec.peak, spec.steps, spec.floor, spec.power);
    case "cosine":
      return made("CosineDecay", {
        initial_learning_rate: spec.peak,
        decay_steps: spec.steps,
        alpha: spec.floor / spec.peak,
      });
    case "cosine_restarts": {
      const { peak, floor, T_0, T_mult, gamma = 1 } = spec;
      if (!dividesEvenly(T_0)) return null;
      const cycles = { first_decay_steps: T_0, t_mul: T_mult, m_mul: gamma, alpha: floor / peak };
      return made("CosineDecayRestarts", { initial_learning_rate: peak, ...cycles });
    }
    case "warmup": {
      const { shape, steps, start_factor, then, overlap } = spec;
      if (shape !== "linear" || overlap || then.kind !== "cosine") return null;
      return made("CosineDecay", {
        initial_learning_rate: start_factor * then.peak,
        decay_steps: then.steps,
        alpha: then.floor / then.peak,
        warmup_target: then.peak,
        warmup_steps: steps,
      });
    }
    default:
      return null;
  }
}
/* eslint-enable complexity */

const exponential = (
  peak: number,
  decay_steps: number,
  decay_rate: number,
  staircase = false,
): Call | null =>
  staircase && !dividesEvenly(decay_steps)
    ? null
    : made("ExponentialDecay", { initial_learning_rate: peak, decay_steps, decay_rate, staircase });

const polynomial = (from: number, decay_steps: number, to: number, power: number): Call =>
  made("PolynomialDecay", { initial_learning_rate: from, decay_steps, end_learning_rate: to, power });

const made = (name: string, kwargs: Record<string, unknown>): Call => ({
  constructor: `keras.optimizers.schedules.${name}`,
  kwargs,
});
