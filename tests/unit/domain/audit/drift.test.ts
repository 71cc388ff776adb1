import { describe, expect, test } from "vitest";
import { driftSpans, relativeError } from "@/lib/domain/audit/drift";

const pair = (step: number, actual: number, effective: number) => ({ step, actual, effective });

describe("driftSpans", () => {
  test("joins neighbours and tells how far they part at most", () => {
    const pairs = [pair(0, 1, 1), pair(1, 1, 0.9), pair(2, 1, 0.5), pair(3, 1, 1), pair(4, 1, 2)];
    expect(driftSpans(pairs, 1)).toEqual([
      { from_step: 1, to_step: 2, max_relative_error: 0.5 },
      { from_step: 4, to_step: 4, max_relative_error: 0.5 },
    ]);
  });

  test("a thousandth is no drift", () => {
    expect(driftSpans([pair(0, 1.0009, 1)], 1)).toEqual([]);
  });
});

test("near zero the peak is the measure", () => {
  expect(relativeError(1e-7, 0, 1)).toBeCloseTo(1e-4, 12);
  expect(relativeError(Number.NaN, 0.1, 1)).toBe(1);
});
