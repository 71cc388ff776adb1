import { describe, expect, test } from "vitest";
import { bootstrap, expandedLevel } from "@/lib/domain/stats/bootstrap";
import { holm } from "@/lib/domain/stats/holm";
import { iqm } from "@/lib/domain/stats/iqm";
import { kaplanMeier } from "@/lib/domain/stats/kaplan-meier";
import { mean } from "@/lib/domain/stats/mean";
import { median } from "@/lib/domain/stats/median";
import { midRanks } from "@/lib/domain/stats/mid-ranks";
import { normalCdf, normalQuantile } from "@/lib/domain/stats/normal";
import { permutationTest } from "@/lib/domain/stats/permutation";
import { probabilityOfImprovement } from "@/lib/domain/stats/probability-of-improvement";
import { seededRandom } from "@/lib/domain/stats/random";
import { signFlipTest } from "@/lib/domain/stats/sign-flip";
import { tCdf, tQuantile } from "@/lib/domain/stats/student-t";
import { differenceInterval, meanInterval } from "@/lib/domain/stats/t-interval";
import { variance } from "@/lib/domain/stats/variance";
import golden from "@/tests/golden/stats.json";

const never = () => Number.NaN;

describe(`as SciPy ${golden.made_with.scipy} has it`, () => {
  test.each(golden.t.quantiles)("t quantile at $p, $df degrees of freedom", ({ p, df, t }) => {
    expect(tQuantile(p, df)).toBeRelativelyClose(t, df > 1e4 ? 1e-9 : 1e-11);
  });

  test.each(golden.t.cdf)("t distribution at $t, $df degrees of freedom", ({ t, df, p }) => {
    expect(tCdf(t, df)).toBeRelativelyClose(p, 1e-11);
  });

  test.each(golden.two_samples)("two samples, difference $difference", (sample) => {
    const { a, b } = sample;
    expect(mean(a) - mean(b)).toBeRelativelyClose(sample.difference, 1e-10);
    const welch = differenceInterval(a, b);
    expect(welch?.low).toBeRelativelyClose(sample.welch[0]!, 1e-9);
    expect(welch?.high).toBeRelativelyClose(sample.welch[1]!, 1e-9);
    const own = meanInterval(a);
    expect(own?.low).toBeRelativelyClose(sample.mean_interval_of_a[0]!, 1e-9);
    expect(own?.high).toBeRelativelyClose(sample.mean_interval_of_a[1]!, 1e-9);
    const { p, exact } = permutationTest(a, b, { random: never });
    expect(p).toBeRelativelyClose(sample.permutation_p, 1e-12);
    expect(exact).toBe(true);
    expect(probabilityOfImprovement(a, b, "max")).toBeRelativelyClose(sample.share_of_wins_for_larger, 1e-12);
    expect(iqm(a)).toBeRelativelyClose(sample.iqm_of_a, 1e-12);
    expect(variance(a)).toBeRelativelyClose(sample.variance_of_a, 1e-10);
  });

  test.each(golden.pairs)("pairs, sign flip p $sign_flip_p", ({ a, b, interval, sign_flip_p }) => {
    const differences = a.map((value, i) => value - b[i]!);
    const found = meanInterval(differences);
    expect(found?.low).toBeRelativelyClose(interval[0]!, 1e-9);
    expect(found?.high).toBeRelativelyClose(interval[1]!, 1e-9);
    const flipped = signFlipTest(differences, { random: never });
    expect(flipped).toMatchObject({ exact: true, smallest_p: 2 / 2 ** a.length });
    expect(flipped.p).toBeRelativelyClose(sign_flip_p, 1e-12);
  });

  test.each(golden.ranks)("ranks of $values", ({ values, ranks }) => {
    expect(midRanks(values)).toEqual(ranks);
  });

  test("percentile bootstrap of the interquartile mean, within its own chance error", () => {
    const { values, low, high } = golden.bootstrap_iqm;
    const found = bootstrap([values], ([x = []]) => iqm(x), {
      random: seededRandom(3),
      resamples: 20_000,
      method: "percentile",
    });
    expect(Math.abs(found!.low - low)).toBeLessThan(0.02 * (high - low));
    expect(Math.abs(found!.high - high)).toBeLessThan(0.02 * (high - low));
  });
});

describe("with ties and unequal sizes", () => {
  test.each(golden.tied_samples)("$a against $b", (sample) => {
    const { a, b } = sample;
    expect(permutationTest(a, b, { random: never }).p).toBeRelativelyClose(sample.p, 1e-12);
    expect(permutationTest(b, a, { random: never }).p).toBeRelativelyClose(sample.p, 1e-12);
    const won = probabilityOfImprovement(a, b, "max");
    expect(won).toBeCloseTo(sample.share_of_wins_for_larger, 12);
    expect(iqm([...a, ...b])).toBeCloseTo(sample.iqm_of_all, 12);
    expect(median([...a, ...b])).toBeCloseTo(sample.median_of_all, 12);
  });
});

test.each(golden.holm)("Holm's adjustment of $p is the closed test's", ({ p, adjusted }) => {
  holm(p).forEach((one, i) => expect(one).toBeRelativelyClose(adjusted[i]!, 1e-12));
});

test.each(golden.kaplan_meier)("Kaplan and Meier: $happened, watched to $seen", (sample) => {
  const curve = kaplanMeier([
    ...sample.happened.map((time) => ({ time, happened: true })),
    ...sample.seen.map((time) => ({ time, happened: false })),
  ]);
  expect(curve.map(({ time }) => time)).toEqual(sample.times);
  curve.forEach(({ share }, i) => expect(share).toBeCloseTo(sample.shares[i]!, 12));
});

test.each(golden.bootstrap_expanded)("expanded bootstrap of $values.length values", (sample) => {
  const { values, level, low, high } = sample;
  expect(expandedLevel(values.length, 0.95)).toBeRelativelyClose(level, 1e-10);
  const found = bootstrap([values], ([x = []]) => iqm(x), {
    random: seededRandom(3),
    resamples: 20_000,
    method: "expanded",
  })!;
  expect(Math.abs(found.low - low)).toBeLessThan(0.03 * (high - low));
  expect(Math.abs(found.high - high)).toBeLessThan(0.03 * (high - low));
});

test.each(golden.normal.cdf)("normal distribution at $x", ({ x, p }) => {
  // In the far tail to 5e-9.
  expect(normalCdf(x)).toBeRelativelyClose(p, 1e-8);
});

test.each(golden.normal.quantiles)("normal quantile at $p", ({ p, x }) => {
  expect(normalQuantile(p)).toBeRelativelyClose(x, 1e-12);
});

describe("edges", () => {
  test("one value has no interval, equal values one without width", () => {
    expect(meanInterval([3])).toBeNull();
    expect(differenceInterval([1, 2], [3])).toBeNull();
    expect(meanInterval([2, 2, 2])).toMatchObject({ low: 2, high: 2 });
    expect(differenceInterval([2, 2], [5, 5, 5])).toMatchObject({ low: -3, high: -3 });
  });

  test("a sign-flip test draws where there are too many signs to count, and comes near", () => {
    const differences = golden.pairs.at(-1)!.a.map((value, i) => value - golden.pairs.at(-1)!.b[i]!);
    const drawn = signFlipTest(differences, { random: seededRandom(5), limit: 10 });
    expect(drawn).toMatchObject({ exact: false, arrangements: 4096 });
    expect(Math.abs(drawn.p - golden.pairs.at(-1)!.sign_flip_p)).toBeLessThan(0.02);
  });

  test("infinities have ranks like other values", () => {
    expect(midRanks([1, Infinity, 0, Infinity, -Infinity])).toEqual([3, 4.5, 2, 4.5, 1]);
  });
});
