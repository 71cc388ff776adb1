/** A choice of pivots that was bad so many times over is helped by sorting: no order of the values takes O(n²). */
const ROUNDS_PER_HALVING = 3;

/**
 * Value of rank `k`, from 0, of `values`, which are put in another order: none before place `k` is larger and none behind
 * it is smaller, so that a further rank is found among those from `from` on. O(n), where sorting is O(n log n). No NaN.
 * Hoare 1961, "Algorithm 65: find".
 */
export function select(values: number[], k: number, from = 0): number {
  let [low, high] = [from, values.length - 1];
  let rounds = ROUNDS_PER_HALVING * Math.ceil(Math.log2(values.length + 1));
  while (low < high) {
    if (rounds-- === 0) {
      sortStretch(values, low, high + 1);
      break;
    }
    const [upTo, beyond] = partition(values, low, high);
    if (k <= upTo) high = upTo;
    else if (k >= beyond) low = beyond;
    else break;
  }
  return values[k] ?? Number.NaN;
}

/** The end of what is at most the pivot, and the start of what is at least it. */
function partition(values: number[], low: number, high: number): [upTo: number, beyond: number] {
  const pivot = middleOfThree(values[low] ?? 0, values[(low + high) >> 1] ?? 0, values[high] ?? 0);
  let [i, j] = [low, high];
  while (i <= j) {
    while ((values[i] ?? 0) < pivot) i++;
    while ((values[j] ?? 0) > pivot) j--;
    if (i > j) break;
    const held = values[i] ?? 0;
    values[i++] = values[j] ?? 0;
    values[j--] = held;
  }
  return [j, i];
}

function sortStretch(values: number[], from: number, to: number): void {
  const sorted = Float64Array.from(values.slice(from, to)).sort();
  sorted.forEach((value, i) => (values[from + i] = value));
}

const middleOfThree = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
