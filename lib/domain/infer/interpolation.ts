import { at } from "./at";

/** The polynomial through all points (Lagrange). */
export function through(xs: readonly number[], ys: readonly number[], x: number): number {
  return xs.reduce((sum, own, i) => {
    const share = xs.reduce(
      (product, other, j) => (i === j ? product : (product * (x - other)) / (own - other)),
      1,
    );
    return sum + share * at(ys, i);
  }, 0);
}

/** Where a function changes its sign from `low` to `high`, as near as doubles come; null: it does not. */
export function zeroBetween(f: (x: number) => number, low: number, high: number): number | null {
  const isUp = f(high) >= 0;
  if (isUp ? !(f(low) <= 0) : !(f(low) > 0)) return null;
  let [from, to] = [low, high];
  for (;;) {
    const middle = (from + to) / 2;
    if (middle <= from || middle >= to) return middle;
    if (f(middle) >= 0 === isUp) to = middle;
    else from = middle;
  }
}
