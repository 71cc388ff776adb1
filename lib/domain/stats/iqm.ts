import { mean } from "./mean";

/**
 * Interquartile mean: drop ⌊n/4⌋ values at each end, average the rest. `scipy.stats.trim_mean(x, 0.25)`; proposed for
 * few-run comparisons by Agarwal et al. 2021 (arXiv 2108.13264). Finite values; NaN when there are none.
 */
export function iqm(values: readonly number[]): number {
  const cut = Math.floor(values.length / 4);
  return mean([...values].sort((a, b) => a - b).slice(cut, values.length - cut));
}
