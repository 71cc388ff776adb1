import { scheduleLength } from "@/lib/domain/schedules/schedule-length";
import { FAMILY_FIELDS } from "./fields";
import type { Layers } from "./layers";
import { compose } from "./layers";

const whole = (value: number, factor: number): number => Math.max(1, Math.round(value * factor));

/** All lengths times a factor, rounded to whole steps of at least one; zero stays zero. LRs do not change. */
function stretched(layers: Layers, factor: number): Layers {
  const { main, warmup, restarts, cooldown } = layers;
  const scaled = (value: number) => (value === 0 ? 0 : whole(value, factor));
  return {
    ...layers,
    main: { ...main, ...lengthsOf(main, factor, scaled) },
    warmup: warmup && { ...warmup, steps: scaled(warmup.steps) },
    restarts: restarts && { ...restarts, steps: scaled(restarts.steps) },
    cooldown: cooldown && { ...cooldown, after: scaled(cooldown.after), steps: scaled(cooldown.steps) },
  };
}

function lengthsOf(
  main: Layers["main"],
  factor: number,
  scaled: (value: number) => number,
): Record<string, unknown> {
  // A rate per step is kept exactly; it need not be a whole number of steps.
  if (main.kind === "exponential") return { decay_steps: (main.decay_steps ?? 1) * factor };
  if (main.kind === "one_cycle") return { total_steps: Math.max(2, scaled(main.total_steps)) };
  const names = FAMILY_FIELDS[main.kind].flatMap((field) => (field.length ? [field.name] : []));
  const given = Object.entries(main).filter(([name]) => names.includes(name));
  return Object.fromEntries(
    given.map(([name, value]: [string, unknown]) => [
      name,
      Array.isArray(value) ? value.map((one) => scaled(Number(one))) : scaled(Number(value)),
    ]),
  );
}

/** Stretched or shortened to end at `total` steps; null when it has no end to move, or ends there already. */
export function fitTo(layers: Layers, total: number): Layers | null {
  const length = scheduleLength(compose(layers));
  if (length === null || length === total || length <= 0) return null;
  const fitted = stretched(layers, total / length);
  const rest =
    total / (layers.stepsPerEpoch ?? 1) - (scheduleLength(compose({ ...fitted, stepsPerEpoch: null })) ?? 0);
  return withEnd(fitted, rest);
}

/** Rounding several lengths may miss the end by a step or two: the last part takes them. */
function withEnd(layers: Layers, rest: number): Layers {
  const { main, cooldown } = layers;
  if (rest === 0 || layers.restarts || !Number.isInteger(rest)) return layers;
  if (cooldown) return { ...layers, cooldown: { ...cooldown, after: Math.max(1, cooldown.after + rest) } };
  switch (main.kind) {
    case "cosine":
    case "linear":
    case "polynomial":
      return { ...layers, main: { ...main, steps: Math.max(1, main.steps + rest) } };
    case "one_cycle":
      return { ...layers, main: { ...main, total_steps: Math.max(2, main.total_steps + rest) } };
    case "wsd":
      return { ...layers, main: { ...main, stable: Math.max(0, main.stable + rest) } };
    default:
      return layers;
  }
}

/** The same schedule counted in epochs, or in steps again (null): its lengths are converted. */
export function countedIn(layers: Layers, stepsPerEpoch: number | null): Layers {
  const factor = (layers.stepsPerEpoch ?? 1) / (stepsPerEpoch ?? 1);
  return { ...(factor === 1 ? layers : stretched(layers, factor)), stepsPerEpoch };
}
