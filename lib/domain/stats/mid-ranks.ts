/**
 * Ranks from 1, the smallest first; equal values share the mean of their ranks. Infinities are values like others, and
 * NaN stands for one that is larger than all.
 */
export function midRanks(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  // Sorting puts NaN last.
  let numbers = sorted.length;
  while (numbers > 0 && Number.isNaN(sorted[numbers - 1])) numbers--;
  return values.map((value) => {
    if (Number.isNaN(value)) return (numbers + 1 + sorted.length) / 2;
    return (placesBelow(sorted, value, false) + 1 + placesBelow(sorted, value, true)) / 2;
  });
}

/** How many of the sorted values are smaller than `value`, or, with its equals, not larger. */
function placesBelow(sorted: Float64Array, value: number, withEquals: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle] ?? Number.NaN;
    if (other < value || (withEquals && other === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
