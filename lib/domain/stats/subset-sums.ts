/** Sums of the subsets of some values, ascending, by the size of the subset. */
type SumsBySize = readonly Float64Array[];

/** All subsets of at most `most` values. Each value is left out or added, so two ascending lists merge into one. */
export function subsetSums(values: readonly number[], most: number): SumsBySize {
  let sums: Float64Array[] = [Float64Array.of(0)];
  for (const value of values) {
    const size = Math.min(sums.length + 1, most + 1);
    sums = Array.from({ length: size }, (_, k) => merged(sums[k] ?? EMPTY, sums[k - 1] ?? EMPTY, value));
  }
  return sums;
}

const EMPTY = new Float64Array(0);

/** `a`, and every number of `b` with `add`. */
function merged(a: Float64Array, b: Float64Array, add: number): Float64Array {
  const result = new Float64Array(a.length + b.length);
  for (let i = 0, j = 0, at = 0; at < result.length; at++) {
    const [x, y] = [a[i] ?? Infinity, (b[j] ?? Infinity) + add];
    if (i < a.length && (j >= b.length || x <= y)) {
      result[at] = x;
      i++;
    } else {
      result[at] = y;
      j++;
    }
  }
  return result;
}

/**
 * How many sums of one number from each list are at most `low` or at least `high`, by two hands that only ever move
 * towards each other: linear in the lists, not in their product (Horowitz & Sahni 1974, meeting in the middle).
 */
export function countOutside(a: Float64Array, b: Float64Array, low: number, high: number): number {
  let [below, under] = [0, b.length];
  let [above, over] = [0, b.length];
  for (const x of a) {
    // The larger x, the fewer of b keep the sum at most `low`, and the more reach `high`.
    while (under > 0 && x + (b[under - 1] ?? 0) > low) under--;
    while (over > 0 && x + (b[over - 1] ?? 0) >= high) over--;
    below += under;
    above += b.length - over;
  }
  return below + above;
}

/** How many sums `subsetSums` makes of n values. */
export function subsetCount(n: number, most: number): number {
  let [count, ofSize] = [1, 1];
  for (let k = 1; k <= Math.min(n, most); k++) {
    ofSize = (ofSize * (n - k + 1)) / k;
    count += ofSize;
  }
  return count;
}
