import { mean } from "./mean";
import { tCdf, tQuantile } from "./student-t";
import { variance } from "./variance";

export interface TInterval {
  low: number;
  high: number;
  /** Degrees of freedom; Welch's are fractional. */
  df: number;
}

/**
 * Interval for the mean of the population that `values` are drawn from: x̄ ± t(df = n − 1) s / √n. Student 1908. Exact
 * for normal values at any n ≥ 2; `null` for fewer.
 */
export function meanInterval(values: readonly number[], level = 0.95): TInterval | null {
  const n = values.length;
  if (n < 2) return null;
  const df = n - 1;
  return around(mean(values), Math.sqrt(variance(values) / n), df, level);
}

/**
 * Interval for mean(a) − mean(b) of two independent samples whose variances may differ: Welch 1947 with Satterthwaite's
 * degrees of freedom. `null` when a sample has fewer than two values: one value says nothing of its spread.
 */
export function differenceInterval(
  a: readonly number[],
  b: readonly number[],
  level = 0.95,
): TInterval | null {
  if (a.length < 2 || b.length < 2) return null;
  const { error, df } = welch(a, b);
  return around(mean(a) - mean(b), error, df, level);
}

function welch(a: readonly number[], b: readonly number[]): { error: number; df: number } {
  const [va, vb] = [variance(a) / a.length, variance(b) / b.length];
  const total = va + vb;
  // Shares rather than squares of variances: tiny ones would underflow.
  const share = total > 0 ? va / total : 0.5;
  const df = 1 / (share ** 2 / (a.length - 1) + (1 - share) ** 2 / (b.length - 1));
  return { error: Math.sqrt(total), df };
}

/** Two-sided p of a mean of 0: 1 minus the level at which `meanInterval` has an end at 0. At least two values. */
export const meanP = (values: readonly number[]): number =>
  twoSided(mean(values), Math.sqrt(variance(values) / values.length), values.length - 1);

/** Two-sided p of equal means: 1 minus the level at which `differenceInterval` has an end at 0. At least two values each. */
export function differenceP(a: readonly number[], b: readonly number[]): number {
  const { error, df } = welch(a, b);
  return twoSided(mean(a) - mean(b), error, df);
}

function twoSided(centre: number, error: number, df: number): number {
  if (centre === 0) return 1;
  return error === 0 ? 0 : 2 * tCdf(-Math.abs(centre / error), df);
}

function around(centre: number, error: number, df: number, level: number): TInterval {
  const reach = error === 0 ? 0 : tQuantile((1 + level) / 2, df) * error;
  return { low: centre - reach, high: centre + reach, df };
}
