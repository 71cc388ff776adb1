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
  return (count) =>
    steps.reduce((value, [boundary, scale]) => (count >= boundary ? value * scale : value), args.init_value);
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
  const knots = [{ at: 0, value: init }];
  let value = init;
  for (const [at, scale] of sorted(boundaries, "piecewise_interpolate_schedule")) {
    value *= scale;
    knots.push({ at, value });
  }
  const last = knots.at(-1) ?? { at: 0, value: init };
  return (count) => {
    let sum = last.at <= count ? last.value : 0;
    for (let i = 1; i < knots.length; i++) {
      const [from, to] = [knots[i - 1] ?? last, knots[i] ?? last];
      if (count < from.at || count >= to.at) continue;
      const done = (count - from.at) / Math.max(to.at - from.at, 1);
      // Optax adds up the intervals that contain the count: a negative boundary makes two of them overlap.
      sum += between(type, from.value, to.value, done);
    }
    return sum;
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
