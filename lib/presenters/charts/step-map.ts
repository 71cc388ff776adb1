import { extentOf } from "./axis";
import type { Range } from "./chart-model";
import type { StepWindow } from "./zoom";

/** Steps and the x they are drawn at, for events that only know their step and for windows that the server counts in steps. */
export interface StepMap {
  /** null: the map is empty. Between known steps interpolated, beyond them the nearest. */
  xOf(step: number): number | null;
  stepOf(x: number): number | null;
  /** The x that these steps cover; null: nothing is known of them. */
  rangeOf(window: StepWindow): Range | null;
  /** The steps drawn between two x. */
  stepsBetween(min: number, max: number): StepWindow | null;
}

export const STEPS_THEMSELVES: StepMap = {
  xOf: (step) => step,
  stepOf: (x) => x,
  rangeOf: ({ from, to }) => ({ min: from, max: to }),
  stepsBetween: (from, to) => ({ from, to }),
};

interface Coordinate {
  readonly step: number;
  readonly x: number | null;
}

/** Times and epochs can go back when a run is resumed; the map takes the furthest so far, so that it can be inverted. */
export function stepMap(coordinates: Iterable<Coordinate>): StepMap {
  const byStep = new Map<number, number>();
  for (const { step, x } of coordinates) if (x !== null) byStep.set(step, x);
  const steps = [...byStep.keys()].sort((a, b) => a - b);
  let furthest = -Infinity;
  const xs = steps.map((step) => (furthest = Math.max(furthest, byStep.get(step) ?? furthest)));
  const xOf = (step: number) => interpolate(steps, xs, step);
  const stepOf = (x: number) => interpolate(xs, steps, x);
  return {
    xOf,
    stepOf,
    rangeOf: ({ from, to }) => {
      const [min, max] = [xOf(from), xOf(to)];
      return min === null || max === null ? null : { min, max };
    },
    stepsBetween: (min, max) => {
      const [from, to] = [stepOf(min), stepOf(max)];
      return from === null || to === null ? null : { from, to };
    },
  };
}

/** The same for an x that goes to and fro, as a metric does: a place on it is many steps'. */
export function scatterMap(coordinates: Iterable<Coordinate>): StepMap {
  const placed = [...coordinates].flatMap(({ step, x }) => (x === null ? [] : [{ step, x }]));
  const bySteps = [...placed].sort((a, b) => a.step - b.step);
  const byX = [...placed].sort((a, b) => a.x - b.x);
  const [steps, xs] = [bySteps.map(({ step }) => step), byX.map(({ x }) => x)];
  return {
    xOf: (step) =>
      interpolate(
        steps,
        bySteps.map(({ x }) => x),
        step,
      ),
    stepOf: (x) => byX[nearestIndex(xs, x)]?.step ?? null,
    rangeOf: ({ from, to }) => {
      const inside = extentOf(bySteps.flatMap(({ step, x }) => (step >= from && step <= to ? [x] : [])));
      return inside.min > inside.max ? null : { min: inside.min, max: inside.max };
    },
    stepsBetween: (min, max) => {
      const inside = extentOf(byX.flatMap(({ step, x }) => (x >= min && x <= max ? [step] : [])));
      return inside.min > inside.max ? null : { from: inside.min, to: inside.max };
    },
  };
}

/** Index of the last entry ≤ `value`; −1 when there is none. `sorted` ascends. */
export function lastAtOrBelow(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Index of the entry nearest to `value`, the lower one of two; −1 when empty. */
export function nearestIndex(sorted: readonly number[], value: number): number {
  const below = lastAtOrBelow(sorted, value);
  const left = sorted[below];
  const right = sorted[below + 1];
  if (left === undefined) return right === undefined ? -1 : below + 1;
  return right !== undefined && right - value < value - left ? below + 1 : below;
}

/** Piecewise linear through (from[i], to[i]), flat beyond the ends; null when there is no point. */
export function interpolate(from: readonly number[], to: readonly number[], at: number): number | null {
  const below = lastAtOrBelow(from, at);
  const [x0, y0] = [from[below], to[below]];
  const [x1, y1] = [from[below + 1], to[below + 1]];
  if (x0 === undefined || y0 === undefined) return y1 ?? null;
  if (x1 === undefined || y1 === undefined || x1 === x0) return y0;
  return y0 + ((y1 - y0) * (at - x0)) / (x1 - x0);
}
