import { describe, expect, test } from "vitest";
import { tolerancesOf } from "@/lib/domain/audit/tolerance";

const doubles = [Math.PI / 10, Math.E / 10];

describe("how far apart two LRs may be and be the same", () => {
  test.each([
    ["doubles", doubles, 0.9e-7, 1.5e-7],
    ["floats of 32 bits", doubles.map(Math.fround), 1.9e-6, 3.2e-6],
  ])("of %s, to tell explanations apart", (_name, values, same, apart) => {
    const { tight } = tolerancesOf(values, 1);
    expect(same).toBeLessThan(tight(1, 1 - same));
    expect(apart).toBeGreaterThan(tight(1, 1 - apart));
  });

  test("a thousandth is material, and a millionth of the peak is dust", () => {
    const { loose } = tolerancesOf(doubles, 1);
    expect(loose(0.5, 0.5)).toBeCloseTo(5e-4, 12);
    expect(loose(1e-9, 0)).toBeCloseTo(1e-6, 12);
  });
});
