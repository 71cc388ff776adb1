import { midRanks } from "../stats/mid-ranks";

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

/** S of `values` after a slope of `tilt` per value is taken off. Counting pairs beats sorting at these lengths. */
export function kendallS(values: Float64Array, tilt: number): number {
  const level = tilted(values, tilt);
  let s = 0;
  for (let i = 0; i < level.length; i++) {
    const earlier = level[i] ?? 0;
    for (let j = i + 1; j < level.length; j++) {
      const later = level[j] ?? 0;
      if (later > earlier) s++;
      else if (later < earlier) s--;
    }
  }
  return s;
}

/** A plain loop: this runs for every check of every policy. */
function tilted(values: Float64Array, tilt: number): Float64Array {
  const level = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) level[i] = (values[i] ?? 0) - tilt * i;
  return level;
}

/** Var S for independent noise; 0 when all values are the same. */
export function kendallVariance(values: Float64Array): number {
  const n = values.length;
  const sorted = values.slice().sort();
  let ties = 0;
  for (let from = 0; from < n;) {
    let to = from + 1;
    while (to < n && sorted[to] === sorted[from]) to++;
    const t = to - from;
    ties += t * (t - 1) * (2 * t + 5);
    from = to;
  }
  return (n * (n - 1) * (2 * n + 5) - ties) / 18;
}

/** No series is taken for more alike with itself than this, so that a strong trend need not be corrected at all. */
export const MAX_INFLATION = 9;

/** One-sided 5 %: only autocorrelation above it is counted. Below it the sum would be mostly noise. */
const SIGNIFICANT = 1.645;

/** By how much autocorrelation multiplies Var S; 1 to `MAX_INFLATION`. */
export function inflation(values: Float64Array): number {
  const n = values.length;
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

function correlation(ranks: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < ranks.length; i++) sum += (ranks[i] ?? 0) * (ranks[i - lag] ?? 0);
  return sum;
}

/** Ranks about their mean, of the values less Theil's "incomplete" slope: the median over pairs half the window apart. */
function detrendedRanks(values: Float64Array): Float64Array {
  const n = values.length;
  const half = n >> 1;
  const apart = n - half;
  const slopes = new Float64Array(half);
  for (let i = 0; i < half; i++) slopes[i] = slopeOf(values, i, i + apart);
  const rest = tilted(values, middle(slopes.sort()));
  return new Float64Array(midRanks([...rest]).map((rank) => rank - (n + 1) / 2));
}

const slopeOf = (values: Float64Array, i: number, j: number): number =>
  ((values[j] ?? 0) - (values[i] ?? 0)) / (j - i);

/** The middle of sorted values. Halved before they are added, so that the largest numbers do not overflow. */
export function middle(sorted: Float64Array): number {
  const last = sorted.length - 1;
  return (sorted[last >> 1] ?? 0) / 2 + (sorted[(last + 1) >> 1] ?? 0) / 2;
}

export interface SenSlope {
  /** Per value. */
  slope: number;
  low: number;
  high: number;
}

/** Sen's slope with its interval at ∓`z` standard deviations. O(n² log n). */
export function senSlope(values: Float64Array, z: number): SenSlope {
  const n = values.length;
  const slopes = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) slopes[at++] = slopeOf(values, i, j);
  slopes.sort();
  const reach = z * Math.sqrt(kendallVariance(values) * inflation(values));
  const below = Math.min(Math.max(0, Math.floor((slopes.length - reach) / 2)), (slopes.length - 1) >> 1);
  return {
    slope: middle(slopes),
    low: slopes[below] ?? 0,
    high: slopes[slopes.length - 1 - below] ?? 0,
  };
}
