/** Shorter stretches are sorted by insertion, which beats merging at such lengths. */
const BLOCK = 8;

/**
 * Sorts in place, ascending, and gives how many pairs stood the wrong way round: the larger value first. O(n log n); of
 * some hundred values faster than the built-in sort. No NaN. Knight 1966, "A computer method for calculating Kendall's
 * tau with ungrouped data".
 */
export function sortCounting(values: number[]): number {
  const n = values.length;
  let swaps = 0;
  for (let from = 0; from < n; from += BLOCK) swaps += insertionSort(values, from, Math.min(from + BLOCK, n));
  if (n <= BLOCK) return swaps;
  let [source, target] = [values, values.slice()];
  for (let width = BLOCK; width < n; width *= 2) {
    for (let from = 0; from < n; from += 2 * width) {
      swaps += merge(source, target, from, Math.min(from + width, n), Math.min(from + 2 * width, n));
    }
    [source, target] = [target, source];
  }
  if (source !== values) for (let i = 0; i < n; i++) values[i] = source[i] ?? 0;
  return swaps;
}

function insertionSort(values: number[], from: number, to: number): number {
  let swaps = 0;
  for (let i = from + 1; i < to; i++) {
    const value = values[i] ?? 0;
    let at = i;
    while (at > from && (values[at - 1] ?? 0) > value) {
      values[at] = values[at - 1] ?? 0;
      at--;
    }
    values[at] = value;
    swaps += i - at;
  }
  return swaps;
}

/** `from..middle` and `middle..to` of `source`, each sorted, into `target`. */
function merge(
  source: readonly number[],
  target: number[],
  from: number,
  middle: number,
  to: number,
): number {
  let [left, right, swaps] = [from, middle, 0];
  for (let at = from; at < to; at++) {
    const takesLeft = right >= to || (left < middle && (source[left] ?? 0) <= (source[right] ?? 0));
    if (!takesLeft) swaps += middle - left;
    target[at] = source[takesLeft ? left++ : right++] ?? 0;
  }
  return swaps;
}
