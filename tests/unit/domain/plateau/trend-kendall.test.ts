import { describe, expect, test } from "vitest";
import {
  inflation,
  kendallS,
  kendallVariance,
  MAX_INFLATION,
  senSlope,
} from "@/lib/domain/plateau/trend-kendall";
import { seededRandom } from "@/lib/domain/stats/random";

const of = (...values: number[]) => values;

describe("Kendall's S and its variance", () => {
  test.each([
    [[1, 2, 3, 4, 5], 10],
    [[5, 4, 3, 2, 1], -10],
    [[2, 2, 2], 0],
    [[1, 3, 2, 4], 4],
  ])("S of %j is %d", (values, s) => expect(kendallS(of(...values), 0)).toBe(s));

  test("a tilt as steep as the values leaves nothing", () => {
    expect(kendallS(of(1, 2, 3, 4), 1)).toBe(0);
    expect(kendallS(of(1, 2, 3, 4), 2)).toBe(-6);
  });

  // n(n−1)(2n+5)/18, less t(t−1)(2t+5)/18 for each tie: Kendall 1975.
  test("without ties, with one pair, and all the same", () => {
    expect(kendallVariance(of(3, 1, 2, 5, 4, 9, 7, 8, 6, 0))).toBe((10 * 9 * 25) / 18);
    expect(kendallVariance(of(1, 1, 2, 3, 4))).toBeCloseTo((5 * 4 * 15 - 2 * 9) / 18, 12);
    expect(kendallVariance(of(4, 4, 4, 4))).toBe(0);
  });
});

describe("Sen's slope", () => {
  test("an exact line, whatever a fifth of the values is", () => {
    const line = Array.from({ length: 20 }, (_, i) => 3 - 0.25 * i);
    expect(senSlope(line, 1.96)).toEqual({ slope: -0.25, low: -0.25, high: -0.25 });
    line[4] = 1e9;
    line[11] = -1e9;
    line[17] = 1e9;
    expect(senSlope(line, 1.96).slope).toBe(-0.25);
  });

  // Values made up; slope and 95 % interval by scipy.stats.theilslopes 1.17.1 (method "separate"), to its 12 digits.
  test("agrees with SciPy on independent noise", () => {
    const values = of(2.1, 1.9, 2.4, 2.2, 2.9, 2.5, 3.3, 2.7, 3.1, 3.8, 3.2, 3.6);
    const sen = senSlope(values, 1.959963984540054);
    expect(sen.slope).toBeCloseTo(0.15, 10);
    expect(sen.low).toBeCloseTo(0.1, 10);
    expect(sen.high).toBeCloseTo(0.2, 10);
  });
});

describe("autocorrelation widens the interval", () => {
  const walk = (phi: number) => {
    const random = seededRandom(5);
    let error = 0;
    return Array.from({ length: 60 }, () => (error = phi * error + random() - 0.5));
  };

  test("not for independent noise nor for a series that alternates, more the longer its memory", () => {
    expect(inflation(walk(0))).toBe(1);
    expect(inflation(Array.from({ length: 40 }, (_, i) => (i % 2) + i * 0.001))).toBe(1);
    expect(inflation(walk(0.7))).toBeGreaterThan(1.5);
    expect(inflation(walk(0.95))).toBeLessThanOrEqual(MAX_INFLATION);
    expect(inflation(walk(0.95))).toBeGreaterThan(inflation(walk(0.5)));
  });

  test("is about the noise, not the trend; a constant has none", () => {
    const noise = walk(0);
    const steep = noise.map((value, i) => value + 8 * i);
    expect(inflation(steep)).toBeCloseTo(inflation(noise), 12);
    expect(inflation(of(2, 2, 2, 2, 2, 2, 2, 2))).toBe(1);
    expect(inflation(of(1, 2))).toBe(1);
  });
});
