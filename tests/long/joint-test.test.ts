/**
 * What docs/compare.md says of the joint test, in fewer simulated comparisons: how often it claims a difference between
 * groups of equal means, and how many differences it finds. A share of 0.05 of 400 has a standard error of 0.011.
 */
import { describe, expect, test } from "vitest";
import { type Case, familyError, MEANS, powers, SPREADS } from "@/tests/support/joint-simulation";
import { SHAPES } from "@/tests/support/simulate";

const COMPARISONS = 400;
const NOMINAL = 0.055;
/** Three standard errors: there are more than a hundred figures. */
const MOST = NOMINAL + 0.033;

const spreads = Object.keys(SPREADS) as (keyof typeof SPREADS)[];
const means = Object.keys(MEANS) as (keyof typeof MEANS)[];

describe.each([3, 5, 10])("of %i runs a group", (n) => {
  let seed = 1000 * n;
  const errorOf = (change: Partial<Case>) =>
    familyError(
      {
        groups: 3,
        n,
        draw: SHAPES.normal,
        spread: "equal",
        means: MEANS["all equal"],
        seed: seed++,
        ...change,
      },
      COMPARISONS,
    );

  const errors: number[] = [];

  test.each(spreads.flatMap((spread) => means.map((where) => [spread, where] as const)))(
    "normal values, spread %s, means %s: at most 5.5 of 100 claim a difference that is none",
    (spread, where) => {
      for (const groups of [3, 6]) {
        const error = errorOf({ groups, spread, means: MEANS[where] });
        expect(error).toBeLessThan(MOST);
        errors.push(error);
      }
    },
  );

  test("all of these together: 5.5 of 100 without an allowance", () => {
    expect(errors).toHaveLength(2 * spreads.length * means.length);
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(NOMINAL);
  });

  test("nor of twelve groups, nor with some skew of equal spread", () => {
    expect(errorOf({ groups: 12 })).toBeLessThan(MOST);
    expect(errorOf({ groups: 6, draw: SHAPES["some skew"] })).toBeLessThan(MOST);
  });

  test("with skew and unequal spread at most 9 of 100 do, which no test of means can mend", () => {
    const draw = SHAPES["some skew"];
    expect(errorOf({ draw, spread: "one 3 times" })).toBeLessThan(0.09 + 0.043);
  });

  test("finds more than Holm's correction of exact tests, most of all of few runs", () => {
    const apart = {
      n,
      draw: SHAPES.normal,
      spread: "equal",
      means: (g: number) => g * 0.7,
      seed: n,
    } as const;
    const { joint, holm } = powers({ ...apart, groups: 6 }, 40);
    expect(joint).toBeGreaterThan(holm);
    expect(joint).toBeGreaterThan(n === 3 ? 0.06 : n === 5 ? 0.25 : 0.5);
    if (n < 10) expect(holm).toBe(0);
  });
});

test.each([6, 10])("paired by %i seeds, at most 5.5 of 100 claim a difference that is none", (n) => {
  for (const spread of ["equal", "one 3 times"] as const)
    for (const where of ["all equal", "two clusters"] as const) {
      const given = { groups: 4, n, draw: SHAPES.normal, spread, means: MEANS[where], paired: true, seed: n };
      expect(familyError(given, COMPARISONS)).toBeLessThan(MOST);
    }
});
