import type { TrendSpec } from "./plateau-policy";
import { middle } from "./trend-kendall";

/**
 * The window as gains over its first value: larger is better, whatever the mode. Taking the first value off keeps a
 * shift of the metric from changing any rounding.
 */
export function gains({ mode }: TrendSpec, window: readonly number[]): Float64Array {
  const first = window[0] ?? 0;
  return new Float64Array(window.map((value) => (mode === "min" ? first - value : value - first)));
}

/** The improvement per check that the threshold asks for, in the metric's units. */
export function thresholdRate(spec: TrendSpec, window: readonly number[]): number {
  const { threshold, threshold_mode } = spec;
  if (threshold === 0) return 0;
  const unit = threshold_mode === "abs" ? 1 : levelOf(window);
  return (threshold * unit) / spec.window;
}

/** Median of the magnitudes. */
export const levelOf = (window: readonly number[]): number =>
  middle(new Float64Array(window.map(Math.abs)).sort());
