import { describe, expect, test } from "vitest";
import { displayLevel, isKept, levelsFor, storedLevel } from "@/lib/domain/metrics/levels";

test("a level is kept from the step on that does not fit its first bucket", () => {
  expect(levelsFor(63)).toEqual([]);
  expect(levelsFor(64)).toEqual([6]);
  expect(levelsFor(255)).toEqual([6]);
  expect(levelsFor(256)).toEqual([6, 8]);
  expect(levelsFor(1_000_000)).toEqual([6, 8, 10, 12, 14, 16, 18]);
  expect(levelsFor(Number.MAX_SAFE_INTEGER).at(-1)).toBe(52);
});

test("a bucket is kept from four steps on", () => {
  expect([3, 4].map((count) => isKept({ count }))).toEqual([false, true]);
});

describe("the level of a chart", () => {
  test.each([
    [0, 799, 800, 0],
    [0, 800, 800, 1],
    [0, 1599, 800, 1],
    [1, 1600, 800, 2],
    [5, 5, 1, 0],
    [63, 64, 1, 7],
    [0, Number.MAX_SAFE_INTEGER, 1, 53],
    [10, 5, 1, 0],
  ])("steps %i to %i in at most %i buckets", (from, to, buckets, level) => {
    expect(displayLevel(from, to, buckets)).toBe(level);
  });

  test("reads the coarsest stored level that is fine enough, or the observations", () => {
    expect(storedLevel(5, 1e6)).toBeNull();
    expect(storedLevel(6, 1e6)).toBe(6);
    expect(storedLevel(9, 1e6)).toBe(8);
    expect(storedLevel(30, 1e6)).toBe(18);
    expect(storedLevel(9, 50)).toBeNull();
  });
});
