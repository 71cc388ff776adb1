/**
 * Ranks from 1, the smallest first; equal values share the mean of their ranks. Infinities are values like others, and
 * NaN stands for one that is larger than all.
 */
export function midRanks(values: readonly number[]): number[] {
  const valueAt = (place: number) => values[order[place] ?? 0] ?? NaN;
  const order = values.map((_, index) => index).sort((i, j) => compare(values[i] ?? NaN, values[j] ?? NaN));
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && compare(valueAt(to), valueAt(from)) === 0) to++;
    for (const index of order.slice(from, to)) ranks[index] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Not a difference: that of two infinities is no number. */
function compare(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}
