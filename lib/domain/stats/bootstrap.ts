import { mean } from "./mean";
import { normalCdf, normalQuantile } from "./normal";
import { quantileSorted } from "./quantile";
import { randomIndex, type Random } from "./random";
import { tQuantile } from "./student-t";

export interface Interval {
  low: number;
  high: number;
  /** The method that gave it: BCa falls back to percentiles when the resamples leave it undefined. */
  method: "bca" | "percentile" | "expanded";
}

interface BootstrapOptions {
  random: Random;
  resamples?: number;
  /** Two-sided confidence level. */
  level?: number;
  method?: Interval["method"];
}

type Samples = readonly (readonly number[])[];
type Statistic = (samples: Samples) => number;

/**
 * Bootstrap interval for a statistic of one or more independent samples, each resampled with replacement at its own
 * size. Finite values. `null` when a sample has fewer than two values: there is nothing to resample.
 */
export function bootstrap(
  samples: Samples,
  statistic: Statistic,
  options: BootstrapOptions,
): Interval | null {
  const { random, resamples = 9999, level = 0.95, method = "bca" } = options;
  if (samples.length === 0 || samples.some(({ length }) => length < 2)) return null;
  const draw = (sample: readonly number[]) =>
    sample.map((value) => sample[randomIndex(random, sample.length)] ?? value);
  const distribution = Array.from({ length: resamples }, () => statistic(samples.map(draw)));
  if (method === "percentile") return percentileInterval(distribution, level);
  if (method === "expanded") {
    const n = Math.min(...samples.map(({ length }) => length));
    return { ...percentileInterval(distribution, expandedLevel(n, level)), method };
  }
  return bcaInterval(distribution, statistic(samples), acceleration(samples, statistic), level);
}

/** The middle `level` of the resampled statistics. Efron & Tibshirani 1993, section 13.3. */
export function percentileInterval(distribution: readonly number[], level: number): Interval {
  return { ...between(distribution, (1 - level) / 2, (1 + level) / 2), method: "percentile" };
}

/**
 * The level whose percentiles are as wide as `level` asks for with n values: a bootstrap knows nothing of how uncertain
 * the sample's spread is, as Student's t does. 1 − 2Φ(−t), t of n − 1 degrees of freedom. Hesterberg 2015, "What teachers
 * should know about the bootstrap", section 3.3, without the factor √(n / (n − 1)) that a mean needs on top: resampled
 * quartiles spread more than enough.
 */
export const expandedLevel = (n: number, level: number): number =>
  1 - 2 * normalCdf(-tQuantile((1 + level) / 2, n - 1));

/**
 * Redrawn values lie within those that were drawn, so no bootstrap interval of n values holds the centre of a symmetric
 * distribution more often than their range does, whatever its level: 1 − 2 / 2ⁿ.
 */
export const bootstrapCeiling = (n: number): number => 1 - 2 ** (1 - n);

/**
 * Bias-corrected and accelerated. Efron 1987; Efron & Tibshirani 1993, section 14.3: the percentiles are taken at
 * Φ(z₀ + (z₀ + z) / (1 − a(z₀ + z))), with z₀ = Φ⁻¹(share below the estimate, ties half) and a = `acceleration`.
 */
export function bcaInterval(
  distribution: readonly number[],
  estimate: number,
  acceleration: number,
  level: number,
): Interval {
  const below = distribution.filter((value) => value < estimate).length;
  const ties = distribution.filter((value) => value === estimate).length;
  const bias = normalQuantile((below + ties / 2) / distribution.length);
  const shifted = (p: number) => {
    const z = bias + normalQuantile(p);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
  const [low, high] = [shifted((1 - level) / 2), shifted((1 + level) / 2)];
  if (!Number.isFinite(bias) || !(low < high)) return percentileInterval(distribution, level);
  return { ...between(distribution, low, high), method: "bca" };
}

/**
 * From the jackknife: a = Σⱼ Σᵢ U³ⱼᵢ/nⱼ³ / (6 (Σⱼ Σᵢ U²ⱼᵢ/nⱼ²)^{3/2}), Uⱼᵢ = (nⱼ − 1)(θ̄ⱼ − θⱼ₍ᵢ₎), over the samples j.
 * Efron & Tibshirani 1993, eq. 14.15 and its extension to several samples (as `scipy.stats.bootstrap`). NaN when the
 * statistic does not move.
 */
export function acceleration(samples: Samples, statistic: Statistic): number {
  let cubes = 0;
  let squares = 0;
  samples.forEach((sample, j) => {
    const n = sample.length;
    const left = sample.map((_, i) =>
      statistic(samples.map((other, k) => (k === j ? without(other, i) : other))),
    );
    const centre = mean(left);
    for (const theta of left) {
      const influence = ((n - 1) * (centre - theta)) / n;
      cubes += influence ** 3;
      squares += influence ** 2;
    }
  });
  return cubes / (6 * squares ** 1.5);
}

const without = (values: readonly number[], index: number) => values.filter((_, i) => i !== index);

function between(distribution: readonly number[], low: number, high: number): { low: number; high: number } {
  const sorted = [...distribution].sort((a, b) => a - b);
  return { low: quantileSorted(sorted, low), high: quantileSorted(sorted, high) };
}
