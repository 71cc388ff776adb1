import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { compareGroups } from "@/lib/domain/compare/compare";
import { groupCurve } from "@/lib/domain/compare/curve";
import { effectiveLrs } from "@/lib/domain/control/effective";
import { judgeHealth } from "@/lib/domain/health/judge";
import { levelsFor, displayLevel, storedLevel } from "@/lib/domain/metrics/levels";
import { bucketsOf, groupBuckets, mergeAll, meanOf } from "@/lib/domain/metrics/rollup";
import { analyseSweep } from "@/lib/domain/range-test/analyse";
import { smoothLosses } from "@/lib/domain/range-test/smooth";
import { bootstrap } from "@/lib/domain/stats/bootstrap";
import { kaplanMeier, medianLifetime } from "@/lib/domain/stats/kaplan-meier";
import { midRanks } from "@/lib/domain/stats/mid-ranks";
import { permutationTest } from "@/lib/domain/stats/permutation";
import { quantile } from "@/lib/domain/stats/quantile";
import { seededRandom } from "@/lib/domain/stats/random";
import { signFlipTest } from "@/lib/domain/stats/sign-flip";
import { tCdf, tQuantile } from "@/lib/domain/stats/student-t";
import { differenceInterval, meanInterval } from "@/lib/domain/stats/t-interval";
import { ends } from "@/tests/support/ends";
import { anyStep, extreme, extremeSeries, finiteExtreme, positiveExtreme } from "@/tests/support/extremes";
import { group } from "@/tests/support/outcomes";

const finiteSeries = extremeSeries(finiteExtreme, 12);
const random = () => seededRandom(1);

describe("statistics of any doubles", () => {
  test.prop([extremeSeries(extreme)])("ranks are a share of 1 to n", (values) => {
    const ranks = ends(() => midRanks(values));
    const n = values.length;
    expect(ranks.reduce((sum, rank) => sum + rank, 0)).toBe((n * (n + 1)) / 2);
    const wrong = values.flatMap((a, i) =>
      values.filter((b, j) => {
        const [x = NaN, y = NaN] = [ranks[i], ranks[j]];
        return (a < b && x >= y) || ((a === b || (Number.isNaN(a) && Number.isNaN(b))) && x !== y);
      }),
    );
    expect(wrong).toEqual([]);
  });

  test.prop([
    fc.array(finiteExtreme, { minLength: 1, maxLength: 20 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ])("a quantile lies between the values", (values, p) => {
    const found = quantile(values, p);
    expect(found).toBeGreaterThanOrEqual(Math.min(...values));
    expect(found).toBeLessThanOrEqual(Math.max(...values));
  });

  test.prop([extreme, extreme])("Student's t ends", (p, df) => {
    ends(() => [tQuantile(p, df), tQuantile(Math.abs(p) % 1, Math.abs(df)), tCdf(p, df)]);
    expect([tQuantile(0, 3), tQuantile(1, 3)]).toEqual([-Infinity, Infinity]);
  });

  test.prop([finiteSeries, finiteSeries], { numRuns: 60 })("tests and intervals end", (a, b) => {
    ends(() => [
      meanInterval(a),
      differenceInterval(a, b),
      bootstrap([a, b], ([x = [], y = []]) => quantile(x, 0.5) - quantile(y, 0.5), {
        random: random(),
        resamples: 99,
      }),
      a.length > 0 && b.length > 0 ? permutationTest(a, b, { random: random(), draws: 99 }) : null,
      a.length > 0 ? signFlipTest(a, { random: random(), draws: 99 }) : null,
      kaplanMeier(a.map((time) => ({ time, happened: time > 0 }))),
      medianLifetime(b.map((time) => ({ time, happened: time < 1 }))),
    ]);
  });
});

describe("figures of any curve", () => {
  const observation = fc.record({
    step: anyStep,
    time: finiteExtreme,
    value: extreme,
    epoch: fc.constantFrom(null, 0.5),
  });

  test.prop([fc.array(observation, { maxLength: 20 }), fc.nat(53)])("buckets", (rows, level) => {
    const ordered = [...rows].sort((a, b) => a.step - b.step);
    ends(() => {
      const buckets = bucketsOf(ordered, level);
      const whole = mergeAll(groupBuckets(buckets, 53));
      expect(whole?.count ?? 0).toBe(rows.length);
      if (whole) expect(Number.isFinite(whole.sum) && !Number.isNaN(meanOf(whole))).toBe(true);
    });
  });

  test.prop([extreme, extreme, extreme])("levels", (from, to, buckets) => {
    const level = ends(() => displayLevel(from, to, buckets));
    expect(level).toBeLessThanOrEqual(53);
    expect(ends(() => [levelsFor(to), storedLevel(level, to)])).toBeDefined();
  });

  test.prop([anyStep, anyStep, fc.integer({ min: 1, max: 4000 })])(
    "so many buckets are enough",
    (a, b, buckets) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const width = 2 ** displayLevel(from, to, buckets);
      expect(Math.floor(to / width) - Math.floor(from / width) + 1).toBeLessThanOrEqual(Math.max(2, buckets));
    },
  );

  test.prop([extremeSeries(extreme, 120), finiteSeries], { numRuns: 200 })("health", (values, lrs) => {
    const points = values.map((value, step) => {
      const isFinite = Number.isFinite(value);
      return {
        step,
        value: isFinite ? value : NaN,
        max: isFinite ? value : NaN,
        nonfinite: isFinite ? 0 : 1,
      };
    });
    const notes = ends(() =>
      judgeHealth({
        train: { key: "loss", points },
        validation: { key: "val/loss", points },
        lrs: lrs.map((lr, step) => ({ step, lr })),
        ended: true,
      }),
    );
    for (const { message } of notes) expect(message).not.toContain("undefined");
  });

  test.prop([fc.array(fc.tuple(positiveExtreme, extreme), { maxLength: 60 }), fc.nat(100)])(
    "a range test",
    (pairs, numIt) => {
      const lrs = [...new Set(pairs.map(([lr]) => lr))].sort((a, b) => a - b);
      const losses = pairs.slice(0, lrs.length).map(([, loss]) => loss);
      ends(() => [analyseSweep({ lrs, losses, numIt }), smoothLosses(losses, 0.98)]);
    },
  );

  test.prop([finiteSeries, fc.array(fc.tuple(anyStep, finiteExtreme), { maxLength: 8 })])(
    "the effective LR",
    (declared, made) => {
      const changes = made.map(([step, value], i) => ({ id: `${i}`, step, kind: "scale" as const, value }));
      const steps = declared.map((_, i) => i);
      expect(ends(() => effectiveLrs(Float64Array.from(declared), steps, changes))).toHaveLength(
        declared.length,
      );
    },
  );

  test.prop([fc.array(extremeSeries(finiteExtreme, 6), { minLength: 1, maxLength: 3 })], { numRuns: 30 })(
    "a comparison, and its curves",
    (lists) => {
      const asked = { metric: "loss", mode: "min", at: "final", target: null, baseline: null } as const;
      ends(() =>
        compareGroups(
          lists.map((values, i) => group(`g${i}`, values)),
          asked,
        ),
      );
      ends(() =>
        groupCurve(
          lists.map((values) => ({
            points: values.map((value, step) => ({ bucket: step, step, value })),
          })),
        ),
      );
    },
  );
});
