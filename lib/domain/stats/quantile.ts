/**
 * Sample quantile, linear between order statistics: h = (n − 1)p, x₍⌊h⌋₎ + (h − ⌊h⌋)(x₍⌊h⌋₊₁₎ − x₍⌊h⌋₎), counted from 0.
 * Hyndman & Fan 1996, type 7; the default of R and NumPy. Finite values, 0 ≤ p ≤ 1; NaN when there are no values.
 */
export const quantile = (values: readonly number[], p: number): number =>
  quantileSorted(Float64Array.from(values).sort(), p);

/** The same for values in ascending order already. */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number {
  const h = (sorted.length - 1) * p;
  const below = sorted[Math.floor(h)] ?? Number.NaN;
  const above = sorted[Math.ceil(h)] ?? Number.NaN;
  const part = h - Math.floor(h);
  const gap = above - below;
  // The two may lie further apart than the largest double.
  return Math.abs(gap) === Infinity ? below * (1 - part) + above * part : below + part * gap;
}
