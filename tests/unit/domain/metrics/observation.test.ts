import { describe, expect, test } from "vitest";
import { decodeValue, nonfiniteCode, storedValue } from "@/lib/domain/metrics/nonfinite";
import { compareStored, latestPerStep, type Observation } from "@/lib/domain/metrics/observation";

const at = (step: number, time: number, value: number): Observation => ({ step, time, value, epoch: null });

test.each([0, 1.5, -1e308, 5e-324, NaN, Infinity, -Infinity])(
  "%d is stored as a finite number and a code, and comes back",
  (value) => {
    expect(Number.isFinite(storedValue(value))).toBe(true);
    expect(decodeValue(storedValue(value), nonfiniteCode(value))).toBe(value);
  },
);

test("-0 is stored as 0", () => expect(Object.is(storedValue(-0), 0)).toBe(true));

describe("storage order", () => {
  test("is by step, then time, then the stored value and its code, whatever the values are", () => {
    const ordered = [
      at(0, 9, 5),
      at(1, 1, 3),
      at(1, 2, -4),
      at(1, 2, NaN),
      at(1, 2, Infinity),
      at(1, 2, -Infinity),
      at(1, 2, 7),
      at(2, 0, 0),
    ];
    const shuffled = [5, 2, 7, 0, 4, 1, 6, 3].map((i) => ordered[i]!);
    expect(shuffled.sort(compareStored)).toEqual(ordered);
  });

  test("the last of each step is the one that counts", () => {
    const rows = [at(0, 1, 1), at(0, 2, 2), at(3, 1, 9), at(4, 5, 1), at(4, 6, NaN)];
    expect(latestPerStep(rows)).toEqual([rows[1], rows[2], rows[4]]);
    expect(latestPerStep([])).toEqual([]);
  });
});
