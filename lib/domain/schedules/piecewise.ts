import { fillStairs, runningPeaks } from "@/lib/domain/schedules/stairs";

/** `values[i]` while step < `boundaries[i]`, the last value afterwards; one value more than boundaries. */
export interface PiecewiseSpec {
  kind: "piecewise";
  values: readonly number[];
  boundaries: readonly number[];
}

/**
 * Writes the LRs of steps `from`, `from + stride`, …, a piece at a time. NaN when there are fewer values than pieces,
 * which the contract refuses.
 */
export function fillPiecewise(
  out: Float64Array,
  { values, boundaries }: PiecewiseSpec,
  from: number,
  stride: number,
): void {
  fillStairs(out, runningPeaks(boundaries), (reached) => values[reached] ?? NaN, from, stride);
}
