import { describe, expect, test } from "vitest";
import { acceleration, bcaInterval, bootstrap, percentileInterval } from "@/lib/domain/stats/bootstrap";
import { mean } from "@/lib/domain/stats/mean";
import { seededRandom } from "@/lib/domain/stats/random";

// Expected values: SciPy 1.17.1 and NumPy 2.4.6. Intervals of a given distribution: scipy.stats._resampling's formulas
// with scipy.special.ndtr/ndtri and np.percentile. Whole bootstraps: scipy.stats.bootstrap, 400 000 resamples.
const X = [2.5, 0.1, 3.75, 1.2, 9.0, 4.4, 2.5, 7.1, 0.3];
const Y = [1.1, 5.2, 2.2, 8.8, 3.3, 0.4];
const meanOf = ([a = []]: readonly (readonly number[])[]) => mean(a);
const difference = ([a = [], b = []]: readonly (readonly number[])[]) => mean(a) - mean(b);

/** Quantiles of a gamma distribution: skewed, 40 values, no ties. */
const DISTRIBUTION = [
  0.167106, 0.302529, 0.403527, 0.491043, 0.571163, 0.646683, 0.719183, 0.789671, 0.85885, 0.927244, 0.995267,
  1.063265, 1.131537, 1.200352, 1.269966, 1.340624, 1.412573, 1.486065, 1.561368, 1.638766, 1.718572,
  1.801133, 1.886842, 1.976149, 2.06958, 2.167753, 2.271411, 2.381458, 2.499013, 2.625495, 2.762733, 2.913158,
  3.080097, 3.268291, 3.484833, 3.741064, 4.056863, 4.472285, 5.090075, 6.380926,
];

describe("intervals of a given distribution", () => {
  test("percentile", () => {
    const { low, high, method } = percentileInterval(DISTRIBUTION, 0.9);
    expect(low).toBeRelativelyClose(0.39847710000000003, 1e-13);
    expect(high).toBeRelativelyClose(4.503174499999998, 1e-13);
    expect(method).toBe("percentile");
  });

  test.each([
    { estimate: 1.7, a: 0.05, level: 0.9, low: 0.44786848169902466, high: 4.827327890375037 },
    { estimate: 1.561368, a: -0.1, level: 0.95, low: 0.18659157359052922, high: 4.174473977736279 },
  ])("BCa, estimate $estimate, acceleration $a", ({ estimate, a, level, low, high }) => {
    const interval = bcaInterval(DISTRIBUTION, estimate, a, level);
    expect(interval.low).toBeRelativelyClose(low, 1e-11);
    expect(interval.high).toBeRelativelyClose(high, 1e-11);
    expect(interval.method).toBe("bca");
  });

  test.each([
    ["the estimate lies outside every resample", 7, 0.1],
    ["the acceleration is undefined", 1.7, Number.NaN],
  ])("BCa gives way to percentiles when %s", (_why, estimate, a) => {
    expect(bcaInterval(DISTRIBUTION, estimate, a, 0.9)).toEqual(percentileInterval(DISTRIBUTION, 0.9));
  });
});

test("acceleration from the jackknife, one sample and two", () => {
  expect(acceleration([X], meanOf)).toBeRelativelyClose(0.03821600874587933, 1e-12);
  expect(acceleration([X, Y], difference)).toBeRelativelyClose(-0.015088760479450705, 1e-12);
});

describe("bootstrap", () => {
  test.each([
    { method: "bca" as const, low: 1.838888888888889, high: 5.633333333333334 },
    { method: "percentile" as const, low: 1.6833333333333336, high: 5.388888888888889 },
  ])("95 % $method interval of a mean", ({ method, low, high }) => {
    const got = bootstrap([X], meanOf, { random: seededRandom(7), method, resamples: 20_000 });
    // The Monte-Carlo error of an end point is about 0.02 with 20 000 resamples.
    expect(Math.abs((got?.low ?? 0) - low)).toBeLessThan(0.08);
    expect(Math.abs((got?.high ?? 0) - high)).toBeLessThan(0.08);
    expect(got?.method).toBe(method);
  });

  test.each([
    { method: "bca" as const, low: -2.7055555555555557, high: 2.238888888888889 },
    { method: "percentile" as const, low: -2.5777777777777784, high: 2.3444444444444446 },
  ])("90 % $method interval of a difference", ({ method, low, high }) => {
    const got = bootstrap([X, Y], difference, {
      random: seededRandom(8),
      method,
      level: 0.9,
      resamples: 20_000,
    });
    expect(Math.abs((got?.low ?? 0) - low)).toBeLessThan(0.1);
    expect(Math.abs((got?.high ?? 0) - high)).toBeLessThan(0.1);
  });

  test("the seed decides the result", () => {
    const run = (seed: number) => bootstrap([X], meanOf, { random: seededRandom(seed), resamples: 200 });
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  test("a constant sample has an interval of no width", () => {
    const got = bootstrap([[2, 2, 2]], meanOf, { random: seededRandom(1), resamples: 100 });
    expect(got).toEqual({ low: 2, high: 2, method: "percentile" });
  });

  test.each([[[]], [[[1]]], [[[1, 2], [3]]]])("%j has nothing to resample", (samples) => {
    expect(bootstrap(samples, meanOf, { random: seededRandom(1) })).toBeNull();
  });
});
