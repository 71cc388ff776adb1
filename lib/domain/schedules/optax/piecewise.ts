import {
  number,
  optional,
  orNull,
  readArguments,
  required,
  string,
  type Kind,
} from "@/lib/domain/schedules/shared/arguments";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { bisectRight } from "@/lib/domain/schedules/shared/python-math";
import type { OptaxConstructor, OptaxSchedule } from "./schedule";

/** A Python dict `{step: scale}`. */
export type Scales = ReadonlyMap<number, number>;

/** JSON has no integer keys: a list of [step, scale] pairs, or an object whose keys spell integers. */
const scales: Kind<Scales> = {
  expected: "a list of [step, scale] pairs of numbers",
  parse: (value) => {
    if (typeof value !== "object" || value === null) return undefined;
    const pairs: unknown[] = Array.isArray(value)
      ? value
      : Object.entries(value).map(([key, scale]) => [/^-?\d+$/.test(key) ? Number(key) : key, scale]);
    return pairs.every(isNumberPair) ? new Map(pairs) : undefined;
  },
};

const BOUNDARIES_AND_SCALES = { boundaries_and_scales: optional(orNull(scales), null) };

/** init times the scales of all boundaries ≤ t: a scale applies at its boundary. */
export const piecewiseConstantSchedule: OptaxConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, { init_value: required(number), ...BOUNDARIES_AND_SCALES });
  const steps = sorted(args.boundaries_and_scales ?? new Map(), "piecewise_constant_schedule");
  const boundaries = steps.map(([boundary]) => boundary);
  let value = args.init_value;
  const values = steps.map(([, scale]) => (value *= scale));
  return (count) => values[bisectRight(boundaries, count) - 1] ?? args.init_value;
};

export const piecewiseInterpolateSchedule: OptaxConstructor = (kwargs, path) => {
  const args = readArguments(kwargs, path, {
    interpolate_type: required(string),
    init_value: required(number),
    ...BOUNDARIES_AND_SCALES,
  });
  const type = args.interpolate_type;
  if (type !== "linear" && type !== "cosine") {
    throw new PythonError("ValueError", "`interpolate_type` must be either 'cosine' or 'linear'");
  }
  return interpolate(type, args.init_value, args.boundaries_and_scales ?? new Map());
};

/**
 * Values v0 = init, v_i = v_{i−1}·scale_i at the boundaries (0 first); a line or half a cosine from each to the next,
 * the last value afterwards.
 */
export function interpolate(type: "linear" | "cosine", init: number, boundaries: Scales): OptaxSchedule {
  const knots: { at: number; value: number }[] = [];
  let value = init;
  for (const [at, scale] of sorted(boundaries, "piecewise_interpolate_schedule")) {
    value *= scale;
    knots.push({ at, value });
  }
  const places = knots.map(({ at }) => at);
  return (count) => {
    const passed = bisectRight(places, count);
    const from = knots[passed - 1] ?? { at: 0, value: init };
    const to = knots[passed];
    // Optax adds up the intervals that contain the count: before the first of them there is none.
    if (count < from.at) return 0;
    if (!to) return from.value;
    return between(type, from.value, to.value, (count - from.at) / Math.max(to.at - from.at, 1));
  };
}

function between(type: "linear" | "cosine", start: number, end: number, done: number): number {
  if (type === "linear") return (end - start) * done + start;
  return end + ((start - end) / 2) * (Math.cos(Math.PI * done) + 1);
}

function sorted(boundaries: Scales, name: string): [number, number][] {
  const entries = [...boundaries].sort(([a], [b]) => a - b);
  if (entries.some(([, scale]) => scale < 0)) {
    throw new PythonError("ValueError", `\`${name}\` expects non-negative scale factors`);
  }
  return entries;
}

function isNumberPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((entry) => Number.isFinite(entry));
}
