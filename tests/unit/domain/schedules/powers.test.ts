import { describe, expect, test, vi } from "vitest";
import { fallingPower, lastOf, stepPower, wholePower } from "@/lib/domain/schedules/powers";

const STEPS = 1_000_000;
const some = Array.from({ length: 500 }, (_, i) => (i * 1_999 + (i % 64)) % STEPS);

describe("powers of many steps", () => {
  test.each([0.999_99, 1.000_001, 0.5])("%d^t as the exact power, in any order", (base) => {
    const power = stepPower(Math.log(base));
    for (const step of [...some, ...some.toReversed()])
      expect(power(step)).toBeRelativelyClose(Math.exp(step * Math.log(base)), 1e-14);
  });

  test("a base of 0 is 1 at first and 0 ever after", () => {
    const power = stepPower(Math.log(0));
    expect([0, 1, 63, 64, 65, 128].map(power)).toEqual([1, 0, 0, 0, 0, 0]);
  });

  test.each([0.5, 0.9, 1.7, 2, 8, 11])("(1 − t/T)^%d as the exact power, in any order", (exponent) => {
    const left = fallingPower(STEPS, exponent);
    for (const step of [...some, ...some.toReversed(), STEPS - 1])
      expect(left(step)).toBeRelativelyClose((1 - step / STEPS) ** exponent, 1e-13);
  });
});

describe("what stays the same over many steps", () => {
  test("is made once for each run of equal numbers", () => {
    const made = vi.fn((n: number) => 10 * n);
    expect([0, 0, 0, 7, 7, 0].map(lastOf(made))).toEqual([0, 0, 0, 70, 70, 0]);
    expect(made).toHaveBeenCalledTimes(3);
  });

  test("is made again after it could not be made", () => {
    const last = lastOf((n) => {
      if (n === 2) throw new RangeError("2");
      return n;
    });
    expect(last(1)).toBe(1);
    expect(() => last(2)).toThrow(RangeError);
    expect(() => last(2)).toThrow(RangeError);
    expect(last(1)).toBe(1);
  });

  test("whole powers are the exact ones", () => {
    expect([0, 3, 3, -2, 0].map(wholePower(0.1))).toEqual([1, 0.1 ** 3, 0.1 ** 3, 0.1 ** -2, 1]);
  });
});
