import { describe, expect, test } from "vitest";
import { smooth } from "@/lib/presenters/charts/smooth";

describe("smooth", () => {
  const steps = [0, 1, 2, 3];

  test("0 changes nothing", () => {
    expect(smooth(steps, [3, 1, 4, 1], 0, 3)).toEqual([3, 1, 4, 1]);
  });

  test("follows the published recurrence", () => {
    // One step of a range of 1000 is one unit of the viewport, so the decay is √0.25 = 0.5 a step.
    const [first, second, third] = smooth([0, 1, 2], [8, 2, 2], 0.25, 1000);
    expect(first).toBe(8);
    expect(second).toBeCloseTo((8 * 0.5 + 2) / 1.5, 12);
    expect(third).toBeCloseTo((8 * 0.25 + 2 * 0.5 + 2) / 1.75, 12);
  });

  test("keeps a constant exactly, from the first value on: no bias towards zero", () => {
    for (const value of smooth(steps, [5, 5, 5, 5], 0.9, 3)) expect(value).toBeCloseTo(5, 12);
  });

  test("depends on the distance in steps, not on how many samples lie between", () => {
    const rare = smooth([0, 100], [1, 0], 0.8, 1000);
    const near = smooth([0, 10], [1, 0], 0.8, 1000);
    expect(rare[1]).toBeLessThan(near[1] ?? NaN);
  });

  test("leaves non-finite values out and goes on behind them", () => {
    const smoothed = smooth(steps, [1, NaN, Infinity, 1], 0.6, 1000);
    expect(smoothed[1]).toBeNaN();
    expect(smoothed[2]).toBeNaN();
    expect(smoothed[3]).toBeCloseTo(1, 12);
  });

  test("1 is capped, so that later values still count", () => {
    const smoothed = smooth([0, 500], [0, 1], 1, 1000);
    expect(smoothed[1]).toBeGreaterThan(0.5);
  });
});
