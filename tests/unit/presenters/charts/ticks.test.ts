import { describe, expect, test } from "vitest";
import {
  linearTicks,
  logTicks,
  lrLogLabels,
  lrTicks,
  minorLogTicks,
  niceAbove,
  roundest,
  stepTicks,
  valueTicks,
} from "@/lib/presenters/charts/ticks";
import { relativeTicks, wallTicks } from "@/lib/presenters/charts/time-ticks";

const labels = (ticks: readonly { label: string }[]) => ticks.map((tick) => tick.label);

describe("niceAbove", () => {
  test.each([
    [0.003, 0.005],
    [1, 1],
    [1.1, 2],
    [2.2, 2.5],
    [7, 10],
    [0, 1],
  ])("%s → %s", (size, nice) => expect(niceAbove(size)).toBeCloseTo(nice, 12));
});

test.each([
  [0.06, 0.13, 0.1],
  [-0.03, 0.08, 0],
  [0.8967, 0.9132, 0.9],
  [-0.52, -0.47, -0.5],
  [13.61, 13.87, 13.7],
  [0.0344, 0.0356, 0.035],
  [2, 2, 2],
])("the roundest of %d to %d is %d", (low, high, round) => expect(roundest(low, high)).toBe(round));

test("between the labels of a log axis are 2 to 9, over many decades the powers of ten, over more nothing", () => {
  expect(minorLogTicks(0.5, 30, [1, 10])).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 2, 3, 4, 5, 6, 7, 8, 9, 20, 30]);
  expect(minorLogTicks(1e-6, 1, [1e-6, 1e-3, 1])).toHaveLength(52);
  expect(minorLogTicks(1e-9, 1, [1e-9, 1e-6, 1e-3, 1])).toEqual([1e-8, 1e-7, 1e-5, 1e-4, 0.01, 0.1]);
  expect(minorLogTicks(1e-90, 1, [])).toEqual([]);
});

describe("linearTicks", () => {
  test("are exact multiples", () => expect(linearTicks(0, 0.5, 5)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]));
  test("stay inside a window that is not round", () => expect(linearTicks(13, 47, 4)).toEqual([20, 30, 40]));
});

describe("logTicks", () => {
  test("fewer where there is no room for them", () => {
    expect(logTicks(0.1, 100, 6, 6)).toEqual([0.1, 1, 10, 100]);
    expect(logTicks(0.2, 1.5, 6, 6)).toEqual([0.2, 0.5, 1]);
  });
  test("1-2-5 over few decades", () => expect(logTicks(0.1, 10, 5)).toEqual([0.1, 0.2, 0.5, 1, 2, 5, 10]));
  test("more between them within one decade", () => expect(logTicks(1, 5, 5)).toContain(3));
  test("powers of ten over many, thinned to what fits", () => {
    const ticks = logTicks(1e-12, 1, 4);
    expect(ticks.length).toBeLessThanOrEqual(5);
    for (const tick of ticks) expect(Number.isInteger(Math.round(Math.log10(tick) * 1e9) / 1e9)).toBe(true);
  });
});

describe("labels", () => {
  test("values share their decimals", () =>
    expect(labels(valueTicks([0, 0.25, 0.5]))).toEqual(["0.00", "0.25", "0.50"]));
  test("tiny values get exponents", () =>
    expect(labels(valueTicks([0, 2e-7, 4e-7]))).toEqual(["0", "2.0e-7", "4.0e-7"]));
  test("rates are written as the field does", () => {
    expect(labels(lrTicks([0, 5e-4, 1e-3]))).toEqual(["0", "5.0e-4", "1.0e-3"]);
    expect(labels(lrTicks([0, 2.5e-4]))).toEqual(["0", "2.5e-4"]);
  });
  test("rates on a log axis are each as short as the field has them", () => {
    expect(labels(lrLogLabels([1e-4, 1e-3, 0.01, 0.1, 1]))).toEqual(["1.0e-4", "1.0e-3", "0.01", "0.1", "1"]);
  });
  test("large rates are plain", () =>
    expect(labels(lrTicks([0, 0.05, 0.1]))).toEqual(["0.00", "0.05", "0.10"]));
  test("steps are whole and short", () => {
    expect(labels(stepTicks([0, 200, 400]))).toEqual(["0", "200", "400"]);
    expect(labels(stepTicks([0, 12_500, 25_000]))).toEqual(["0", "12.5k", "25k"]);
    expect(labels(stepTicks([0, 0.5, 1]))).toEqual(["0", "1"]);
  });
  test("durations lie on a clock's round times", () => {
    expect(labels(relativeTicks(0, 100, 4))).toEqual(["0s", "30s", "1m 00s", "1m 30s"]);
  });
  test("parts of a second keep their decimals", () => {
    expect(labels(relativeTicks(0.55, 0.85, 3))).toEqual(["0.6s", "0.7s", "0.8s"]);
  });
  test("wall time is UTC, with the date when days are shown", () => {
    const noon = Date.UTC(2026, 10, 23, 12) / 1000;
    expect(labels(wallTicks(noon, noon + 3600, 4))[0]).toBe("12:00");
    expect(labels(wallTicks(noon, noon + 3 * 86_400, 4))[0]).toMatch(/^11-24 00:00$/);
  });
});
