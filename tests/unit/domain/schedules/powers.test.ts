import { describe, expect, test } from "vitest";
import { fallingPower, stepPower } from "@/lib/domain/schedules/powers";

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
