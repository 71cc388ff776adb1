import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

/** No run has a step beyond the last one that a double counts: what is longer goes on for ever. */
export const countable = (length: number | null): number | null =>
  length !== null && length <= Number.MAX_SAFE_INTEGER ? length : null;

/**
 * The number of steps after which the schedule has said all it has to say (a cosine's `steps`), or null when it goes on
 * for ever.
 */
export const scheduleLength = (spec: ScheduleSpec): number | null => countable(lengthOf(spec));

function lengthOf(spec: ScheduleSpec): number | null {
  switch (spec.kind) {
    case "polynomial":
    case "linear":
    case "cosine":
      return spec.steps;
    case "one_cycle":
      return spec.total_steps;
    case "wsd":
      return spec.warmup + spec.stable + spec.decay;
    case "warmup":
      return plus(lengthOf(spec.then), spec.overlap ? 0 : spec.steps);
    case "sequence":
      return spec.parts.reduce((total, part) => total + part.steps, 0);
    case "per_epoch":
      return times(lengthOf(spec.spec), spec.steps_per_epoch);
    case "product":
      return longest(spec.factors);
    case "groups":
      return longest(spec.groups.map((group) => group.spec));
    default:
      return null;
  }
}

const plus = (length: number | null, steps: number) => (length === null ? null : length + steps);
const times = (length: number | null, factor: number) => (length === null ? null : length * factor);

/** The longest of the finite ones; a constant factor or group does not make the whole endless. */
function longest(specs: readonly ScheduleSpec[]): number | null {
  const lengths = specs.map(lengthOf).filter((length) => length !== null);
  return lengths.length === 0 ? null : Math.max(...lengths);
}
