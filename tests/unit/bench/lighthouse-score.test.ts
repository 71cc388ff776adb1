import { expect, test } from "vitest";
import { logNormalScore, performanceScore } from "@/tests/bench/lighthouse-score";

test("the control points score 0.9 and 0.5, nothing at all scores 1", () => {
  expect(logNormalScore(1200, 2400, 1200)).toBeCloseTo(0.9, 5);
  expect(logNormalScore(1200, 2400, 2400)).toBeCloseTo(0.5, 5);
  expect(logNormalScore(150, 350, 0)).toBe(1);
});

test("the weights add up to a hundred", () => {
  expect(performanceScore({ fcp: 934, lcp: 1200, tbt: 150, cls: 0.1, speedIndex: 1311 })).toBeCloseTo(90, 3);
  expect(performanceScore({ fcp: 1600, lcp: 2400, tbt: 350, cls: 0.25, speedIndex: 2300 })).toBeCloseTo(
    50,
    3,
  );
});
