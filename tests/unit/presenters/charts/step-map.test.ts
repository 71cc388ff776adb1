import { describe, expect, test } from "vitest";
import {
  interpolate,
  lastAtOrBelow,
  nearestIndex,
  scatterMap,
  stepMap,
} from "@/lib/presenters/charts/step-map";

describe("searching", () => {
  const sorted = [1, 3, 3, 7];
  test.each([
    [0, -1],
    [1, 0],
    [2, 0],
    [3, 2],
    [9, 3],
  ])("last at or below %s", (value, index) => expect(lastAtOrBelow(sorted, value)).toBe(index));
  test.each([
    [-5, 0],
    [1.9, 0],
    [2.1, 1],
    [5, 2],
    [5.1, 3],
    [99, 3],
  ])("nearest to %s", (value, index) => expect(sorted[nearestIndex(sorted, value)]).toBe(sorted[index]));
  test("nearest of nothing", () => expect(nearestIndex([], 3)).toBe(-1));
});

describe("interpolate", () => {
  test("is flat beyond the ends and linear between", () => {
    expect([-1, 0, 5, 10, 11].map((at) => interpolate([0, 10], [2, 4], at))).toEqual([2, 2, 3, 4, 4]);
  });
  test("of nothing is null", () => expect(interpolate([], [], 1)).toBeNull());
});

describe("stepMap", () => {
  test("goes both ways", () => {
    const map = stepMap([
      { step: 10, x: 2 },
      { step: 0, x: 0 },
      { step: 20, x: null },
    ]);
    expect(map.xOf(5)).toBe(1);
    expect(map.stepOf(1)).toBe(5);
    expect(map.xOf(20)).toBe(2);
  });
  test("time that goes back when a run is resumed does not make the map ambiguous", () => {
    const map = stepMap([
      { step: 0, x: 0 },
      { step: 1, x: 9 },
      { step: 2, x: 4 },
      { step: 3, x: 12 },
    ]);
    expect([0, 1, 2, 3].map((step) => map.xOf(step))).toEqual([0, 9, 9, 12]);
  });
  test("of a run without such an axis knows nothing", () =>
    expect(stepMap([{ step: 0, x: null }]).xOf(0)).toBeNull());
});

describe("scatterMap", () => {
  const map = scatterMap([0.1, 0.5, 0.3, null, 0.9].map((x, step) => ({ step, x })));
  test("a place is the step of the nearest sample", () => expect(map.stepOf(0.34)).toBe(2));
  test("steps cover all the x that they visited", () => {
    expect(map.rangeOf({ from: 1, to: 4 })).toEqual({ min: 0.3, max: 0.9 });
    expect(map.rangeOf({ from: 3, to: 3 })).toBeNull();
  });
  test("a stretch of x is all the steps that were there", () => {
    expect(map.stepsBetween(0.2, 0.6)).toEqual({ from: 1, to: 2 });
    expect(map.stepsBetween(0.6, 0.8)).toBeNull();
  });
});
