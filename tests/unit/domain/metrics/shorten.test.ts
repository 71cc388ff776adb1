import { fc, test as propertyTest } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { shorten } from "@/lib/domain/metrics/shorten";

describe("a value keeps the digits that its chart needs", () => {
  test.each([
    [0.123456789, 1, 0.12346],
    [-0.123456789, 1, -0.12346],
    [123456.789123, 1e6, 123460],
    [100000.123456789, 0.01, 100000.123457],
    [0.000123456789, 5, 0.00012346],
    [9.99999999, 10, 10],
    [1.23456789e-15, 1e-9, 1.2346e-15],
    [1.23456789e300, 1e302, 1.2346e300],
    [5e-324, 1, 5e-324],
    [0, 1, 0],
    [0.1 + 0.2, 0, 0.1 + 0.2],
  ])("%d over a range of %d is %d", (value, range, short) => {
    expect(shorten(value, range)).toBe(short);
  });
});

const size = fc.double({ min: 1e-290, max: 1e290, noNaN: true });

propertyTest.prop([size, fc.boolean(), size])(
  "off by at most 5e-5 of itself and of the range",
  (a, minus, range) => {
    const value = minus ? -a : a;
    const off = Math.abs(shorten(value, range) - value);
    expect(off).toBeLessThanOrEqual(5.000001e-5 * Math.min(a, range) + Number.EPSILON * a);
  },
);
