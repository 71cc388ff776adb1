import { lrAt } from "@/lib/domain/schedules/lr-at";
import type { ScheduleSpec, SequenceSpec, WarmupSpec } from "@/lib/domain/schedules/spec";
import { dividesEvenly } from "./compiled-division";
import type { Call } from "./to-torch";

/* eslint-disable complexity -- one case per kind */
/** optax's function for a schedule; null where it has none. */
export function optaxCall(spec: ScheduleSpec): Call | null {
  switch (spec.kind) {
    case "constant":
      return made("constant_schedule", { value: spec.value });
    case "step":
      if (!dividesEvenly(spec.step_size)) return null;
      return exponential(spec.peak, spec.step_size, spec.gamma, { staircase: true });
    case "exponential": {
      const { peak, gamma, decay_steps = 1, staircase, floor } = spec;
      if (staircase && !dividesEvenly(decay_steps)) return null;
      return exponential(peak, decay_steps, gamma, {
        ...(staircase ? { staircase } : {}),
        ...(floor ? { end_value: floor } : {}),
      });
    }
    case "multi_step":
      return made("piecewise_constant_schedule", {
        init_value: spec.peak,
        boundaries_and_scales: [...countOf(spec.milestones)].map(([at, times]) => [at, spec.gamma ** times]),
      });
    case "linear":
      return line(spec.from, spec.to, spec.steps);
    case "polynomial":
      // With XLA, a fractional power may be NaN at the last step.
      if (!Number.isInteger(spec.power)) return null;
      return made("polynomial_schedule", {
        init_value: spec.peak,
        end_value: spec.floor,
        power: spec.power,
        transition_steps: spec.steps,
      });
    case "cosine":
      return made("cosine_decay_schedule", {
        init_value: spec.peak,
        decay_steps: spec.steps,
        alpha: spec.floor / spec.peak,
      });
    case "warmup":
      return warmup(spec);
    case "sequence":
      return sequence(spec);
    default:
      return null;
  }
}
/* eslint-enable complexity */

function warmup({ shape, steps, start_factor, then, overlap }: WarmupSpec): Call | null {
  if (shape !== "linear" || overlap) return null;
  const peak = lrAt(then, 0);
  const init_value = start_factor * peak;
  if (then.kind === "cosine") {
    return made("warmup_cosine_decay_schedule", {
      init_value,
      peak_value: peak,
      warmup_steps: steps,
      decay_steps: steps + then.steps,
      end_value: then.floor,
    });
  }
  if (then.kind === "constant") {
    return made("warmup_constant_schedule", { init_value, peak_value: peak, warmup_steps: steps });
  }
  const after = optaxCall(then);
  return after && joined([line(init_value, peak, steps), after], [steps]);
}

function sequence({ parts }: SequenceSpec): Call | null {
  const schedules = parts.map(({ spec }) => optaxCall(spec)).filter((call) => call !== null);
  if (schedules.length !== parts.length) return null;
  let end = 0;
  return joined(
    schedules,
    parts.slice(0, -1).map(({ steps }) => (end += steps)),
  );
}

/** How often each number occurs, in order of first occurrence. */
function countOf(numbers: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return counts;
}

const joined = (schedules: Call[], boundaries: number[]): Call =>
  made("join_schedules", { schedules, boundaries });

const line = (init_value: number, end_value: number, transition_steps: number): Call =>
  made("linear_schedule", { init_value, end_value, transition_steps });

const exponential = (
  init_value: number,
  transition_steps: number,
  decay_rate: number,
  more: Record<string, unknown>,
): Call => made("exponential_decay", { init_value, transition_steps, decay_rate, ...more });

const made = (name: string, kwargs: Record<string, unknown>): Call => ({
  constructor: `optax.${name}`,
  kwargs,
});
