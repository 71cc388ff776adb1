import { describe, expect, test } from "vitest";
import { iqm } from "@/lib/domain/stats/iqm";
import { mean } from "@/lib/domain/stats/mean";
import { median } from "@/lib/domain/stats/median";
import { normalCdf, normalQuantile } from "@/lib/domain/stats/normal";
import { quantile } from "@/lib/domain/stats/quantile";

// Expected values: NumPy 2.4.6 (np.quantile, np.mean, np.median), SciPy 1.17.1 (stats.trim_mean, special.ndtr, ndtri).
const X = Object.freeze([2.5, 0.1, 3.75, 1.2, 9.0, 4.4, 2.5, 7.1, 0.3]);

describe("quantile", () => {
  test.each([
    [0, 0.1],
    [0.1, 0.26],
    [0.25, 1.2],
    [1 / 3, 2.0666666666666664],
    [0.5, 2.5],
    [0.75, 4.4],
    [0.9, 7.48],
    [1, 9],
  ])("p = %d → %d", (p, expected) => {
    expect(quantile(X, p)).toBeRelativelyClose(expected, 1e-15);
  });

  test("one value, and none", () => {
    expect(quantile([3], 0.9)).toBe(3);
    expect(quantile([], 0.5)).toBeNaN();
  });
});

test("mean and median", () => {
  expect(mean(X)).toBeRelativelyClose(3.427777777777778, 1e-15);
  expect(mean([])).toBeNaN();
  expect(median(X)).toBe(2.5);
  expect(median([1.1, 5.2, 2.2, 8.8, 3.3, 0.4])).toBe(2.75);
});

describe("iqm", () => {
  test.each([
    [1, 2.5],
    [2, 1.3],
    [3, 2.1166666666666667],
    [4, 1.85],
    [5, 2.4833333333333334],
    [7, 2.87],
    [8, 3.2875],
    [9, 2.87],
  ])("the first %i values → %d", (n, expected) => {
    expect(iqm(X.slice(0, n))).toBeRelativelyClose(expected, 1e-15);
  });

  test("no values", () => expect(iqm([])).toBeNaN());
});

describe("normal distribution", () => {
  test.each([
    [-38, 0],
    [-10, 7.61985302416047e-24],
    [-7.2, 3.010627981117422e-13],
    [-5, 2.866515718791933e-7],
    [-1.96, 0.024997895148220435],
    [-0.3, 0.3820885778110474],
    [0, 0.5],
    [0.7, 0.758036347776927],
    [2.5, 0.9937903346742238],
    [6, 0.9999999990134123],
    [8, 0.9999999999999993],
  ])("Φ(%d) = %d", (x, expected) => {
    expect(Math.abs(normalCdf(x) - expected)).toBeLessThanOrEqual(1e-15);
    expect(normalCdf(x)).toBeRelativelyClose(expected, 5e-9);
  });

  test.each([
    [1e-300, -37.0470962993612],
    [1e-12, -7.034483825301131],
    [0.001, -3.090232306167813],
    [0.025, -1.9599639845400545],
    [0.3, -0.5244005127080409],
    [0.5, 0],
    [0.8, 0.8416212335729143],
    [0.975, 1.959963984540054],
    [1 - 1e-10, 6.361340889697422],
    [0, Number.NEGATIVE_INFINITY],
    [1, Number.POSITIVE_INFINITY],
  ])("Φ⁻¹(%d) = %d", (p, expected) => {
    expect(normalQuantile(p)).toBeRelativelyClose(expected, 1e-14);
  });
});
