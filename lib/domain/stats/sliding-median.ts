import { quantileSorted } from "./quantile";

/**
 * For each place i the median of the values at i + `from` … i + `to`, fewer at the ends and NaN where there are none.
 * The window is kept sorted, so a place costs a search and not a sort. Finite values.
 */
export function slidingMedian(values: readonly number[], from: number, to: number): number[] {
  const window: number[] = [];
  for (const value of values.slice(Math.max(0, from - 1), Math.max(0, to))) insert(window, value);
  return values.map((_, i) => {
    const [enters, leaves] = [values[i + to], values[i + from - 1]];
    if (enters !== undefined) insert(window, enters);
    if (leaves !== undefined) window.splice(placeOf(window, leaves), 1);
    return quantileSorted(window, 0.5);
  });
}

const insert = (sorted: number[], value: number): void => {
  sorted.splice(placeOf(sorted, value), 0, value);
};

/** How many are smaller. */
function placeOf(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
