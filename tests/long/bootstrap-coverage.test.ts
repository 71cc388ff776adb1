import { expect, test } from "vitest";
import { bootstrap, bootstrapCeiling } from "@/lib/domain/stats/bootstrap";
import { iqm } from "@/lib/domain/stats/iqm";
import { seededRandom } from "@/lib/domain/stats/random";
import { sample, SHAPES, shareOf } from "@/tests/support/simulate";

/** How often the expanded bootstrap interval holds the interquartile mean of normal values. */
function coverage(n: number): number {
  const random = seededRandom(40 + n);
  return shareOf(() => {
    const values = sample(n, SHAPES.normal, random);
    const found = bootstrap([values], ([x = []]) => iqm(x), { random, resamples: 1999, method: "expanded" })!;
    return found.low <= 0 && found.high >= 0;
  });
}

test("95 % bootstrap intervals hold in 93 to 97 of 100 at n = 10", () => {
  const share = coverage(10);
  expect(share).toBeGreaterThanOrEqual(0.93);
  expect(share).toBeLessThanOrEqual(0.97);
});

test("at n = 5 they come as near as the range of five values lets them, 93.75 of 100", () => {
  const share = coverage(5);
  expect(share).toBeGreaterThanOrEqual(0.92);
  expect(share).toBeLessThanOrEqual(0.95);
});

test("at n = 3 it is impossible: they hold in the 75 of 100 that the range of three values holds", () => {
  expect(bootstrapCeiling(3)).toBe(0.75);
  expect(Math.abs(coverage(3) - 0.75)).toBeLessThan(0.03);
});
