/** `values[i]` while step < `boundaries[i]`, the last value afterwards; one value more than boundaries. */
export interface PiecewiseSpec {
  kind: "piecewise";
  values: readonly number[];
  boundaries: readonly number[];
}

/** Gives NaN when there are fewer values than pieces, which the contract refuses. */
export function piecewiseAt({ values, boundaries }: PiecewiseSpec, step: number): number {
  let i = 0;
  while (i < boundaries.length && step >= (boundaries[i] ?? Infinity)) i++;
  return values[i] ?? NaN;
}
