import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { holm } from "@/lib/domain/stats/holm";
import { iqm } from "@/lib/domain/stats/iqm";
import { permutationTest } from "@/lib/domain/stats/permutation";
import { probabilityOfImprovement } from "@/lib/domain/stats/probability-of-improvement";
import { quantile } from "@/lib/domain/stats/quantile";
import { seededRandom } from "@/lib/domain/stats/random";

const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 12 });
const few = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 5 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const never = () => Number.NaN;

test.prop([values, share, share])("quantiles rise with p and stay within the sample", (x, p, q) => {
  const [low, high] = [quantile(x, Math.min(p, q)), quantile(x, Math.max(p, q))];
  expect(low).toBeLessThanOrEqual(high + 1e-12);
  expect(low).toBeGreaterThanOrEqual(Math.min(...x));
  expect(high).toBeLessThanOrEqual(Math.max(...x));
});

test.prop([fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 12 })])(
  "the interquartile mean does not see one outlier",
  (x) => {
    expect(iqm([...x, 1e9])).toBeLessThanOrEqual(Math.max(...x));
  },
);

test.prop([few, few])("permutation: symmetric, reachable, and blind to shifts", (a, b) => {
  const forward = permutationTest(a, b, { random: never });
  expect(permutationTest(b, a, { random: never })).toEqual(forward);
  expect(forward.p).toBeGreaterThanOrEqual(forward.smallest_p);
  expect(forward.p).toBeLessThanOrEqual(1);
  const shift = (x: number[]) => x.map((value) => value + 8);
  expect(permutationTest(shift(a), shift(b), { random: never })).toEqual(forward);
});

test.prop([values, values])("one side's chance to win is the other's to lose", (a, b) => {
  const chances = probabilityOfImprovement(a, b, "max") + probabilityOfImprovement(b, a, "max");
  expect(chances).toBeRelativelyClose(1, 1e-12);
});

test.prop([fc.array(share, { maxLength: 8 })])(
  "Holm only raises p-values, keeps their order, and stops at 1",
  (p) => {
    const adjusted = holm(p);
    p.forEach((raw, i) => {
      expect(adjusted[i]).toBeGreaterThanOrEqual(raw);
      expect(adjusted[i]).toBeLessThanOrEqual(1);
      p.forEach((other, j) => {
        if (raw < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
      });
    });
  },
);

test.prop([fc.integer()])("random numbers lie in [0, 1)", (seed) => {
  const random = seededRandom(seed);
  for (let i = 0; i < 20; i++) {
    const x = random();
    expect(x >= 0 && x < 1).toBe(true);
  }
});
