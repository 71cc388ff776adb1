/** Ranks from 1, the smallest first; equal values share the mean of their ranks. Infinities are values like others. */
export function midRanks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((i, j) => compare(values[i] ?? 0, values[j] ?? 0));
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length;) {
    const value = values[order[from] ?? 0];
    let to = from;
    while (to < order.length && values[order[to] ?? 0] === value) to++;
    for (const index of order.slice(from, to)) ranks[index] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Not a difference: that of two infinities is no number. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
