/** Steps and the x they are drawn at, for events that only know their step and for windows that the server counts in steps. */
export interface StepMap {
  /** null: the map is empty. Between known steps interpolated, beyond them the nearest. */
  xOf(step: number): number | null;
  stepOf(x: number): number | null;
}

export const STEPS_THEMSELVES: StepMap = { xOf: (step) => step, stepOf: (x) => x };

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
  return {
    xOf: (step) => interpolate(steps, xs, step),
    stepOf: (x) => interpolate(xs, steps, x),
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
