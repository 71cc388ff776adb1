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

describe("a linear axis", () => {
  test("ends on round numbers around its data", () => {
    const axis = valueAxis(extentOf([0.13, 0.87]), { ...wish, scale: "linear" });
    expect(axis.min).toBeLessThanOrEqual(0.13);
    expect(axis.max).toBeGreaterThanOrEqual(0.87);
    expect(axis.ticks.at(0)?.value).toBeCloseTo(axis.min, 9);
    expect(axis.ticks.at(-1)?.value).toBeCloseTo(axis.max, 9);
    expect(axis.floor).toBeNull();
  });

  test("of a rate starts at zero", () => {
    expect(valueAxis(extentOf([0.5, 1]), { title: "lr", kind: "lr", scale: "linear" }).min).toBe(0);
  });

  test.each([[[0.5, 0.5]], [[0, 0]], [[-3, -3]], [[]]])("has a height even for %j", (values) => {
    const axis = valueAxis(extentOf(values), { ...wish, scale: "linear" });
    expect(axis.max).toBeGreaterThan(axis.min);
    for (const value of values) expect(fractionOn(axis, value)).toBeGreaterThanOrEqual(0);
  });
});

describe("a log axis", () => {
  test("has no floor while everything is positive", () => {
    const axis = valueAxis(extentOf([0.02, 3]), { ...wish, scale: "log" });
    expect(axis).toMatchObject({ min: 0.02, max: 5, floor: null });
    expect(placeOn(axis, 0.02)).toBe(0.02);
  });

  test("puts zero and negative values on a marked floor under every positive one", () => {
    const axis = valueAxis(extentOf([0.02, 0, -4, 3]), { ...wish, scale: "log" });
    expect(axis.floor).not.toBeNull();
    expect(axis.floor).toBe(axis.min);
    expect(axis.floor).toBeLessThan(0.02);
    expect(placeOn(axis, 0)).toBe(axis.floor);
    expect(placeOn(axis, -4)).toBe(axis.floor);
    expect(axis.ticks[0]).toEqual({ value: axis.floor, label: "≤ 0" });
    expect(fractionOn(axis, -4)).toBe(0);
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
