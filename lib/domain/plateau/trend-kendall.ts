import { midRanks } from "../stats/mid-ranks";
import { select } from "../stats/select";
import { sortCounting } from "../stats/sort-counting";

/*
 * Kendall's rank correlation with time, and Theil's and Sen's estimate of a slope with the interval that comes from it:
 * no assumption on the noise's distribution, and up to 29 % of the values may be anything.
 *
 * - Mann 1945, Kendall 1975: S = Σ_{i<j} sign(y_j − y_i), Var S = [n(n−1)(2n+5) − Σ t(t−1)(2t+5)] / 18, t: sizes of ties.
 * - Theil 1950, Sen 1968: the slope is the median of (y_j − y_i)/(j − i); its interval has the slopes of rank (N ∓ C)/2,
 *   C = z √Var S, N = n(n−1)/2. Equivalently, a slope b is inside when S of y − b·t is not beyond C.
 * - Hamed & Rao 1998: autocorrelation makes Var S larger, by 1 + 2/(n(n−1)(n−2)) Σ_k (n−k)(n−k−1)(n−k−2) ρ_k, ρ_k: the
 *   autocorrelation of the ranks of the detrended values, where it is significant.
 */

/** S of `values` after a slope of `tilt` per value is taken off. */
export function kendallS(values: readonly number[], tilt: number): number {
  const n = values.length;
  const level = tilted(values, tilt);
  const falling = sortCounting(level);
  return (n * (n - 1)) / 2 - tiesOf(level, (t) => (t * (t - 1)) / 2) - 2 * falling;
}

/** A plain loop: this runs for every check of every policy. */
function tilted(values: readonly number[], tilt: number): number[] {
  const level = values.slice();
  for (let i = 0; i < values.length; i++) level[i] = (values[i] ?? 0) - tilt * i;
  return level;
}

/** Var S for independent noise; 0 when all values are the same. */
export function kendallVariance(values: readonly number[]): number {
  const n = values.length;
  const sorted = values.slice();
  sortCounting(sorted);
  const ties = tiesOf(sorted, (t) => t * (t - 1) * (2 * t + 5));
  return (n * (n - 1) * (2 * n + 5) - ties) / 18;
}

/** The sum of `share` over the groups of equal values, each of size t. */
function tiesOf(sorted: readonly number[], share: (t: number) => number): number {
  let sum = 0;
  for (let from = 0, to = 1; from < sorted.length; from = to++) {
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    if (to - from > 1) sum += share(to - from);
  }
  return sum;
}

/** No series is taken for more alike with itself than this, so that a strong trend need not be corrected at all. */
export const MAX_INFLATION = 9;

/** One-sided 5 %: only autocorrelation above it is counted. Below it the sum would be mostly noise. */
const SIGNIFICANT = 1.645;

/** Fewer values have no autocorrelation that the formula knows. */
const LEAST_CORRELATED = 3;

/** By how much autocorrelation multiplies Var S; 1 to `MAX_INFLATION`. */
export function inflation(values: readonly number[]): number {
  const n = values.length;
  if (n < LEAST_CORRELATED) return 1;
  const ranks = detrendedRanks(values);
  const power = correlation(ranks, 0);
  let sum = 0;
  for (let lag = 1; lag <= n / 4 && power > 0; lag++) {
    const rho = correlation(ranks, lag) / power;
    if (rho < SIGNIFICANT / Math.sqrt(n)) break;
    sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * rho;
  }
  return Math.min(MAX_INFLATION, 1 + (2 * sum) / (n * (n - 1) * (n - 2)));
}

function correlation(ranks: readonly number[], lag: number): number {
  let sum = 0;
  for (let i = lag; i < ranks.length; i++) sum += (ranks[i] ?? 0) * (ranks[i - lag] ?? 0);
  return sum;
}

/** Ranks about their mean, of the values less Theil's "incomplete" slope: the median over pairs half the window apart. */
function detrendedRanks(values: readonly number[]): number[] {
  const n = values.length;
  const half = n >> 1;
  const apart = n - half;
  const slopes: number[] = [];
  for (let i = 0; i < half; i++) slopes.push(slopeOf(values, i, i + apart));
  const rest = tilted(values, medianOf(slopes));
  return midRanks(rest).map((rank) => rank - (n + 1) / 2);
}

const slopeOf = (values: readonly number[], i: number, j: number): number =>
  ((values[j] ?? 0) - (values[i] ?? 0)) / (j - i);

/** The median, for which the values are put in another order. Halved before they are added: the largest do not overflow. */
export function medianOf(values: number[], from = 0): number {
  const last = values.length - 1;
  const lower = select(values, last >> 1, from);
  return lower / 2 + select(values, (last + 1) >> 1, last >> 1) / 2;
}

export interface SenSlope {
  /** Per value. */
  slope: number;
  low: number;
  high: number;
}

/** Sen's slope with its interval at ∓`z` standard deviations. O(n²). */
export function senSlope(values: readonly number[], z: number): SenSlope {
  const n = values.length;
  const slopes: number[] = [];
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) slopes.push(slopeOf(values, i, j));
  const reach = z * Math.sqrt(kendallVariance(values) * inflation(values));
  const below = Math.min(Math.max(0, Math.floor((slopes.length - reach) / 2)), (slopes.length - 1) >> 1);
  const above = slopes.length - 1 - below;
  // Of fewer than two values there is no slope.
  if (slopes.length === 0) return { slope: 0, low: 0, high: 0 };
  const low = select(slopes, below);
  return { low, slope: medianOf(slopes, below), high: select(slopes, above, slopes.length >> 1) };
}
