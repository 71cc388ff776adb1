import { describe, expect, test } from "vitest";
import { floorLog, log } from "@/lib/domain/schedules/shared/log";

/** Correctly rounded logarithms, computed with 60 decimal digits. */
const EXACT: [number, number][] = [
  [3, 1.0986122886681098],
  [243, 5.493061443340548],
  [9, 2.1972245773362196],
  [27, 3.295836866004329],
  [729, 6.591673732008658],
  [5, 1.6094379124341003],
  [10, 2.302585092994046],
  [2, 0.6931471805599453],
  [1.2, 0.1823215567939546],
  [0.3, -1.2039728043259361],
  [1e-300, -690.7755278982137],
  [1.7976931348623157e308, 709.782712893384],
  [5e-324, -744.4400719213812],
  [1.0000000000000002, 2.2204460492503128e-16],
  [0.9999999999999999, -1.1102230246251565e-16],
];

describe("log", () => {
  test.each(EXACT)("log(%s) is correctly rounded", (x, want) => expect(log(x)).toBe(want));

  test("log(1) is 0", () => expect(log(1)).toBe(0));

  test("stays within one ulp of Math.log", () => {
    for (let i = 1; i <= 2000; i += 1) {
      const x = i * 0.37;
      expect(Math.abs(log(x) - Math.log(x))).toBeLessThanOrEqual(2 ** -52 * Math.abs(Math.log(x)) + 2 ** -54);
    }
  });

  test("outside the domain it answers as Math.log does", () => {
    expect(log(0)).toBe(-Infinity);
    expect(log(-1)).toBeNaN();
    expect(log(NaN)).toBeNaN();
    expect(log(Infinity)).toBe(Infinity);
  });
});

describe("floorLog", () => {
  test("log(243) / log(3) falls short of 5 in glibc, where V8's Math.log gives exactly 5", () => {
    expect(floorLog(243, 3)).toBe(4);
  });

  test("other powers of 3 are whole", () => {
    expect([3, 9, 27, 81, 729, 2187].map((x) => floorLog(x, 3))).toEqual([1, 2, 3, 4, 6, 7]);
  });

  test("log(1000) / log(10) falls short of 3", () => expect(floorLog(1000, 10)).toBe(2));

  test("between powers, and with a base below 1", () => {
    expect(floorLog(100, 3)).toBe(4);
    expect(floorLog(0.3, 0.5)).toBe(1);
    expect(floorLog(0.25, 0.5)).toBe(2);
  });

  test("a negative argument gives NaN", () => expect(floorLog(-1, 3)).toBeNaN());
});
