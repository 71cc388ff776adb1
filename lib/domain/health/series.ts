import { runningMedian } from "@/lib/domain/range-test/smooth";
import { median } from "@/lib/domain/stats/median";

/** One or several steps of a loss. */
export interface LossPoint {
  step: number;
  /** The mean of the finite values; NaN when there are none. */
  value: number;
  /** The largest finite value. */
  max: number;
  /** Values that are NaN or infinite. */
  nonfinite: number;
}

/** The finite points of a series with what robust statistics say of them. */
export interface LossCurve {
  points: readonly LossPoint[];
  /** Running median. */
  smooth: readonly number[];
  /** Of one point around the running median: 1.4826 · MAD. */
  noise: number;
  /** Where it began: its first value, or the median of the first five when that is lower. */
  start: number;
  /** The lowest point of the running median. */
  best: { index: number; value: number };
  /** The median of the last tenth. */
  end: number;
}

/** Fewer say nothing. */
const FEWEST = 20;

/** Null for a series of fewer than 20 finite points. */
export function lossCurve(series: readonly LossPoint[]): LossCurve | null {
  const points = series.filter(({ value }) => Number.isFinite(value));
  if (points.length < FEWEST) return null;
  const values = points.map(({ value }) => value);
  const smooth = runningMedian(values, halfWindow(values.length));
  const lowest = Math.min(...smooth);
  return {
    points,
    smooth,
    noise: scatter(values.map((value, i) => value - (smooth[i] ?? value))),
    start: Math.min(values[0] ?? Infinity, median(values.slice(0, 5))),
    best: { index: smooth.indexOf(lowest), value: lowest },
    end: median(values.slice(-Math.ceil(values.length / 10))),
  };
}

/** A hundredth of the points to either side, at least 2 and at most 25. */
const halfWindow = (n: number): number => Math.min(25, Math.max(2, Math.round(n / 100)));

/** The median absolute deviation from 0, scaled to be the standard deviation of normal noise. */
export const scatter = (residuals: readonly number[]): number =>
  1.4826 * median(residuals.map((residual) => Math.abs(residual)));

export const stepAt = ({ points }: LossCurve, index: number): number => points[index]?.step ?? 0;

/** The LR last logged at or before a step. */
export interface LrPoint {
  step: number;
  lr: number;
}

export function lrBefore(lrs: readonly LrPoint[], step: number): number | null {
  return lrs.findLast((point) => point.step <= step)?.lr ?? null;
}

/** Three digits, for people. */
export const brief = (value: number): string => String(Number(value.toPrecision(3)));
