import { describe, expect, test } from "vitest";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import {
  bisectRight,
  cosine,
  divide,
  floorDivide,
  modulo,
  power,
  roundHalfEven,
} from "@/lib/domain/schedules/shared/python-math";

const raises = (type: string) => expect.objectContaining({ name: "PythonError", type });

function caught(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    if (error instanceof PythonError) return error;
    throw error;
  }
}

describe("division", () => {
  test("divide raises on zero where JavaScript gives Infinity", () => {
    expect(divide(1, 4)).toBe(0.25);
    expect(caught(() => divide(1, 0))).toEqual(raises("ZeroDivisionError"));
    expect(caught(() => divide(0, 0))).toEqual(raises("ZeroDivisionError"));
  });

  test.each([
    [7, 3, 1],
    [-7, 3, 2],
    [7, -3, -2],
    [-7, -3, -1],
    [6, 3, 0],
    [-6, 3, 0],
    [5.5, 2, 1.5],
  ])("%s %% %s is %s: the sign of the divisor", (a, b, want) => expect(modulo(a, b)).toBeCloseTo(want, 15));

  test.each([2.75, -2.75, 3, -3, 0, 1e15 + 0.5, -1e-20, 1 / 3])(
    "%d %% 1 is the remainder, to the bit",
    (a) => {
      const remainder = a % 1;
      expect(modulo(a, 1) === (remainder < 0 ? remainder + 1 : remainder)).toBe(true);
    },
  );

  test.each([
    [7, 3, 2],
    [-7, 3, -3],
    [7, -3, -3],
    [11, 1.1, 9],
    [1, 0.1, 9],
    [12, 1.1, 10],
    [0, 2.4, 0],
    [1e15, 3, 333333333333333],
  ])("%s // %s is %s: the floor of the exact quotient", (a, b, want) => expect(floorDivide(a, b)).toBe(want));

  test("both raise on zero", () => {
    expect(caught(() => modulo(1, 0))).toEqual(raises("ZeroDivisionError"));
    expect(caught(() => floorDivide(1, 0))).toEqual(raises("ZeroDivisionError"));
  });
});

describe("power", () => {
  test("ordinary values, 0 ** 0 included", () => {
    expect(power(2, 10)).toBe(1024);
    expect(power(0, 0)).toBe(1);
    expect(power(-2, 3)).toBe(-8);
    expect(power(2, -1100)).toBe(0);
  });

  test("raises where JavaScript gives Infinity or NaN", () => {
    expect(caught(() => power(0, -1))).toEqual(raises("ZeroDivisionError"));
    expect(caught(() => power(10, 400))).toEqual(raises("OverflowError"));
    expect(caught(() => power(-1, 0.5))).toEqual(raises("TypeError"));
  });
});

test("cosine raises on an infinite angle, passes NaN on", () => {
  expect(cosine(0)).toBe(1);
  expect(cosine(NaN)).toBeNaN();
  expect(caught(() => cosine(-Infinity))).toEqual(raises("ValueError"));
});

test.each([
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [-0.5, 0],
  [-1.5, -2],
  [2.4, 2],
  [2.6, 3],
  [7, 7],
])("round(%s) is %s: halves go to the even neighbour", (x, want) => expect(roundHalfEven(x) + 0).toBe(want));

test("bisectRight counts entries that are at most x", () => {
  expect([0, 1, 2, 3, 9].map((x) => bisectRight([1, 2, 2, 3], x))).toEqual([0, 1, 3, 4, 4]);
  expect(bisectRight([], 1)).toBe(0);
});
