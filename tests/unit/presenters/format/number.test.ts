import { describe, expect, test } from "vitest";
import {
  formatCount,
  formatFigure,
  formatInteger,
  formatLr,
  formatLrs,
  formatValue,
  fullPrecision,
  plural,
} from "@/lib/presenters/format/number";

describe("formatValue", () => {
  test.each([
    [0, "0"],
    [0.0812345, "0.0812"],
    [0.1234567, "0.1235"],
    [-0.5, "-0.5000"],
    [2.30723, "2.307"],
    [12.3456, "12.35"],
    [123.456, "123.5"],
    [1234.56, "1235"],
    [42, "42"],
    [0.00034567, "3.457e-4"],
    [0.0003, "3.0e-4"],
    [1_200_000, "1.2e6"],
    ["NaN", "NaN"],
    ["Infinity", "∞"],
    ["-Infinity", "−∞"],
    [null, "–"],
    [undefined, "–"],
  ] as const)("%s is written %s", (value, text) => expect(formatValue(value)).toBe(text));
});

describe("formatLr", () => {
  test.each([
    [0, "0"],
    [0.1, "0.1"],
    [0.025, "0.025"],
    [0.01, "0.01"],
    [0.003, "3.0e-3"],
    [0.00297, "2.97e-3"],
    [0.0003, "3.0e-4"],
    [6.11751923085267e-9, "6.12e-9"],
    [4, "4"],
    ["NaN", "NaN"],
    [null, "–"],
  ] as const)("%s is written %s", (value, text) => expect(formatLr(value)).toBe(text));

  test("equal groups are one number, different ones are listed", () => {
    expect(formatLrs([0.1, 0.1])).toBe("0.1");
    expect(formatLrs([0.1, 0.001])).toBe("0.1 · 1.0e-3");
    expect(formatLrs(0.5)).toBe("0.5");
    expect(formatLrs(undefined)).toBe("–");
  });
});

describe("formatCount", () => {
  test.each([
    [0, "0"],
    [812, "812"],
    [9999, "9,999"],
    [12_345, "12.3k"],
    [123_456, "123k"],
    [999_999, "1M"],
    [4_100_000, "4.1M"],
    [2_000_000_000, "2B"],
  ])("%d is written %s", (count, text) => expect(formatCount(count)).toBe(text));
});

test("every digit on demand", () => {
  expect(formatInteger(1_234_567)).toBe("1,234,567");
  expect(fullPrecision(0.1 + 0.2)).toBe("0.30000000000000004");
  expect(fullPrecision(null)).toBe("");
  expect([999_999_999_999, 3_499_180_000_000_000, -1e12].map(fullPrecision)).toEqual([
    ...["999999999999", "3.49918e15", "-1e12"],
  ]);
  expect([1200, 999_999_999, 1e9, 2.40197e30, 0.08123].map(formatFigure)).toEqual([
    ...["1,200", "999,999,999", "1.0e9", "2.402e30", "0.0812"],
  ]);
});

test("one and many", () => {
  expect(plural(1, "run")).toBe("1 run");
  expect(plural(0, "run")).toBe("0 runs");
  expect(plural(2, "request waits", "requests wait")).toBe("2 requests wait");
});
