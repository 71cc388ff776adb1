import { describe, expect, test } from "vitest";
import { learnRounding } from "@/lib/domain/audit/rounding";

const cosine = Array.from({ length: 200 }, (_, i) => 3e-4 * (1 + Math.cos((Math.PI * i) / 200)));

describe("learnRounding", () => {
  test("a log in full is not rounded", () => {
    expect(learnRounding(cosine)(6e-4)).toBe(0);
    expect(learnRounding(cosine.map(Math.fround))(6e-4)).toBe(0);
  });

  test.each([3, 4, 5, 6])("%i significant digits", (digits) => {
    const rounding = learnRounding(cosine.map((lr) => Number(lr.toPrecision(digits))));
    expect(rounding(5e-4)).toBeRelativelyClose(0.5 * 10 ** (-4 - digits + 1), 1e-9);
    expect(rounding(5e-6)).toBeRelativelyClose(0.5 * 10 ** (-6 - digits + 1), 1e-9);
  });

  test("six decimals round small values as much as large ones", () => {
    const rounding = learnRounding(cosine.map((lr) => Number(lr.toFixed(6))));
    expect(rounding(5e-4)).toBeRelativelyClose(5e-7, 1e-9);
    expect(rounding(3e-6)).toBeRelativelyClose(5e-7, 1e-9);
  });

  test("a few round values say nothing: 0.1, 0.01 and 0.001 are exact", () => {
    expect(learnRounding([0.1, 0.1, 0.01, 0.001])(0.1)).toBeLessThan(1e-4);
  });
});
