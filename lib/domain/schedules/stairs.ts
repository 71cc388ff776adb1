import { bisectRight } from "@/lib/domain/schedules/shared/python-math";

/** What a list of numbers is looked up by, made once for each list: a step then costs the logarithm of its length. */
function onceForEach<T>(make: (values: readonly number[]) => T): (values: readonly number[]) => T {
  const made = new WeakMap<readonly number[], T>();
  return (values) => {
    const known = made.get(values);
    if (known) return known;
    const fresh = make(values);
    made.set(values, fresh);
    return fresh;
  };
}

/** The values in ascending order. */
export const ascending = onceForEach((values) => [...values].sort((a, b) => a - b));

/** The largest value up to each place: an entry is above x for the first time where a running peak is. */
export const runningPeaks = onceForEach((values) => {
  let peak = -Infinity;
  return values.map((value) => (peak = Math.max(peak, value)));
});

/** The place of the first value above x, in whatever order they stand; their number when there is none. */
export const firstAbove = (values: readonly number[], x: number): number =>
  bisectRight(runningPeaks(values), x);

const runningLows = onceForEach((values) => {
  let low = Infinity;
  return values
    .toReversed()
    .map((value) => (low = Math.min(low, value)))
    .reverse();
});

/** The place of the last value that is at most x, in whatever order they stand; -1 when there is none. */
export const lastReached = (values: readonly number[], x: number): number =>
  bisectRight(runningLows(values), x) - 1;

/**
 * Writes a staircase at steps `from`, `from + stride`, …: `level(n)` from the n-th of the ascending `edges` on. Costs as
 * much as there are steps and levels, not their product.
 */
export function fillStairs(
  out: Float64Array,
  edges: readonly number[],
  level: (reached: number) => number,
  from: number,
  stride: number,
): void {
  let reached = bisectRight(edges, from);
  for (let i = 0; i < out.length;) {
    while (reached < edges.length && (edges[reached] ?? Infinity) <= from + i * stride) reached++;
    const next = Math.ceil(((edges[reached] ?? Infinity) - from) / stride);
    const end = Math.min(out.length, Math.max(i + 1, next));
    out.fill(level(reached), i, end);
    i = end;
  }
}
