import { clampFinite, headroom } from "../stats/headroom";
import { improves } from "./improves";
import type { TrendSpec } from "./plateau-policy";
import { medianOf } from "./trend-kendall";

/** How many of the window's last values make its level: a quarter, so that the level is much newer than the slope. */
export const levelSpan = ({ window }: TrendSpec): number => Math.max(1, Math.round(window / 4));

/** Where the metric is now: the median of its last values. Noise is divided by about √n, and a spike is not seen. */
export const levelOf = (spec: TrendSpec, window: readonly number[]): number =>
  medianOf(window.slice(-levelSpan(spec)));

/**
 * The least gain that counts, in the metric's units. `gain`: a share of what was gained from the first full level to the
 * best one, which bears any shift and scale of the metric. Nothing gained yet, or `start` not known: any gain counts.
 */
export function leastGain({ threshold, threshold_mode }: TrendSpec, start: number, best: number): number {
  if (threshold_mode === "abs") return threshold;
  const from = threshold_mode === "rel" ? 0 : start;
  if (!Number.isFinite(best) || !Number.isFinite(from)) return 0;
  return clampFinite(threshold * clampFinite(Math.abs(from - best)));
}

/** torch's comparison, to the letter for `rel` and `abs`, but that a share of a negative best asks for a gain too. */
export function beats(spec: TrendSpec, level: number, best: number, least: number): boolean {
  const { mode, threshold, threshold_mode } = spec;
  if (threshold_mode !== "rel")
    return improves({ mode, threshold: least, threshold_mode: "abs" }, level, best);
  // −∞ stands for nothing to beat yet.
  const isNegative = best < 0 && Number.isFinite(best);
  return improves({ mode, threshold: isNegative ? -threshold : threshold, threshold_mode }, level, best);
}

export interface Gains {
  values: number[];
  /** What they were multiplied by, which is 1 unless the metric is near the largest double. */
  scale: number;
}

/**
 * The window as gains over its first value: larger is better, whatever the mode. Taking the first value off keeps a
 * shift of the metric from changing any rounding.
 */
export function gains({ mode }: TrendSpec, window: readonly number[]): Gains {
  const scale = headroom(window);
  const sign = mode === "min" ? -scale : scale;
  const first = window[0] ?? 0;
  return { values: window.map((value) => value * sign - first * sign), scale };
}

/** Median of the magnitudes. */
export const magnitudeOf = (window: readonly number[]): number => medianOf(window.map(Math.abs));
