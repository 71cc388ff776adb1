import { expect, test } from "vitest";
import { minimise } from "@/lib/domain/audit/minimise";

const grid = Array.from({ length: 11 }, (_, i) => i);

test("the least of a valley lies between two places of the grid", () => {
  expect(minimise((x) => Math.abs(x - 3.3), grid).value).toBeCloseTo(3.3, 9);
});

/** High on the grid, but for a dip to 0 in the middle between `place` and the next one. */
const dips = (heights: readonly number[], place: number) => (x: number) =>
  Number.isInteger(x) ? (heights[x] ?? 9) : Math.abs(x - place) > 1.5 ? 7 : Math.abs(x - place - 0.5);

test("four valleys are gone down, those with the lowest places first", () => {
  const heights = [1, 9, 9, 2, 9, 9, 3, 9, 9, 4, 9, 9, 5, 9];
  const far = heights.map((_, i) => i);
  expect(minimise(dips(heights, 9), far).error).toBeLessThan(1e-9);
  // A fifth is not.
  expect(minimise(dips(heights, 12), far).error).toBe(1);
});

test("a grid without a worthy value is left at that, and whole numbers are near enough", () => {
  let asked = 0;
  const f = (x: number) => {
    asked += 1;
    return 1 + x;
  };
  expect(minimise(f, grid, 1)).toEqual({ value: Number.NaN, error: Infinity });
  expect(asked).toBe(grid.length);
  asked = 0;
  minimise((x) => f(Math.abs(x - 5)), grid, Infinity, 0.5);
  expect(asked).toBeLessThan(grid.length + 4 * 8);
});
