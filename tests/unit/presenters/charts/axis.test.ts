import { describe, expect, test } from "vitest";
import { extentOf, fractionOn, placeOn, valueAxis } from "@/lib/presenters/charts/axis";

const wish = { title: "loss", kind: "value" } as const;

describe("extentOf", () => {
  test("ignores what is not finite and remembers what a log axis cannot hold", () => {
    expect(extentOf([NaN, 2, Infinity, -1, 0.5])).toEqual({
      min: -1,
      max: 2,
      minPositive: 0.5,
      nonPositive: true,
    });
  });
});

/** Free share of the axis under the lowest value, and over the highest. */
function room(values: readonly number[], scale: "linear" | "log", kind: "value" | "lr" = "value") {
  const axis = valueAxis(extentOf(values), { title: "", kind, scale });
  return [fractionOn(axis, Math.min(...values)), 1 - fractionOn(axis, Math.max(...values))];
}

describe.each(["linear", "log"] as const)("a %s axis", (scale) => {
  test.each([[[0.13, 0.87]], [[1, 10]], [[0.09, 0.1001]], [[3e-7, 2]], [[12, 13.7]], [[1e-12, 1e-11]]])(
    "leaves 5 to 8 %% of room at both ends of %j",
    (values) => {
      for (const share of room(values, scale)) {
        expect(share).toBeGreaterThanOrEqual(0.05);
        expect(share).toBeLessThanOrEqual(0.08);
      }
    },
  );

  test("has three numbers at least, and stays where it is while the data grow a little", () => {
    const axis = (low: number, high: number) => valueAxis(extentOf([low, high]), { ...wish, scale });
    for (const high of [0.14, 0.2, 0.87, 9, 100])
      expect(axis(0.13, high).ticks.length).toBeGreaterThanOrEqual(3);
    const ends = ({ min, max }: ReturnType<typeof axis>) => [min, max];
    expect(ends(axis(0.1305, 0.872))).toEqual(ends(axis(0.13, 0.87)));
  });
});

describe("a linear axis", () => {
  test("of a rate has its zero, off the frame, and its value in the upper part", () => {
    const axis = valueAxis(extentOf([0.5, 1]), { title: "lr", kind: "lr", scale: "linear" });
    expect(fractionOn(axis, 0)).toBeGreaterThanOrEqual(0.05);
    expect(axis.ticks[0]).toEqual({ value: 0, label: "0.00" });
  });

  test.each([[[0.5, 0.5]], [[0, 0]], [[-3, -3]], [[]]])("has a height even for %j", (values) => {
    const axis = valueAxis(extentOf(values), { ...wish, scale: "linear" });
    expect(axis.max).toBeGreaterThan(axis.min);
    for (const value of values) expect(fractionOn(axis, value)).toBeGreaterThanOrEqual(0);
  });
});

describe("a log axis", () => {
  test("of values that hardly differ goes a tenth around them", () => {
    const { min, max } = valueAxis(extentOf([0.0999, 0.1001]), { ...wish, scale: "log" });
    expect(max / min).toBeGreaterThan(1.1);
    expect(max / min).toBeLessThan(1.13);
  });

  test("has no floor while everything is positive", () => {
    const axis = valueAxis(extentOf([0.02, 3]), { ...wish, scale: "log" });
    expect(axis).toMatchObject({ min: 0.013, max: 4.5, floor: null });
    expect(axis.ticks.map(({ value }) => value)).toEqual([0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]);
    expect(axis.minor).toEqual([...[0.03, 0.04, 0.06, 0.07, 0.08, 0.09, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 3, 4]]);
    expect(placeOn(axis, 0.02)).toBe(0.02);
  });

  test("puts zero and negative values on a marked floor under every positive one", () => {
    const axis = valueAxis(extentOf([0.02, 0, -4, 3]), { ...wish, scale: "log" });
    expect(axis.floor).not.toBeNull();
    expect(axis.min).toBeLessThan(axis.floor ?? 0);
    expect(axis.floor).toBeLessThan(0.02);
    expect(placeOn(axis, 0)).toBe(axis.floor);
    expect(placeOn(axis, -4)).toBe(axis.floor);
    expect(axis.ticks[0]).toEqual({ value: axis.floor, label: "≤ 0" });
    expect(fractionOn(axis, -4)).toBeGreaterThanOrEqual(0.04);
    expect(fractionOn(axis, 0.02)).toBeGreaterThan(0.05);
  });

  test("survives having nothing positive at all", () => {
    const axis = valueAxis(extentOf([0, -1]), { ...wish, scale: "log" });
    expect(axis.min).toBeGreaterThan(0);
    expect(axis.max).toBeGreaterThan(axis.min);
  });
});

test.each(["linear", "log"] as const)("a %s axis without a single finite value has no numbers", (scale) => {
  const axis = valueAxis(extentOf([NaN, Infinity]), { scale, title: "loss", kind: "value" });
  expect(axis.ticks).toEqual([]);
  expect(axis.max).toBeGreaterThan(axis.min);
});
