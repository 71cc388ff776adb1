import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { displayLevel, levelsFor, storedLevel } from "@/lib/domain/metrics/levels";
import type { Observation } from "@/lib/domain/metrics/observation";
import {
  type Bucket,
  bucketIndex,
  bucketOf,
  bucketsOf,
  groupBuckets,
  mergeAll,
  mergeBuckets,
  meanOf,
} from "@/lib/domain/metrics/rollup";

const anyValue = fc.oneof(
  { weight: 9, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 1.7e308, 5e-324) },
);

/** One observation a step, in step order. */
const anySeries = fc
  .uniqueArray(fc.tuple(fc.nat(5000), anyValue), { selector: ([step]) => step, minLength: 1, maxLength: 60 })
  .map((rows) =>
    rows
      .sort(([a], [b]) => a - b)
      .map(([step, value]): Observation => ({ step, time: step, value, epoch: null })),
  );

/** Sums of doubles depend on the order of addition in their last bits; all else must be equal. */
const exact = (bucket: Bucket) => ({ ...bucket, sum: null });
const parts = (series: readonly Observation[]) => series.map(bucketOf);

test.prop([anySeries, fc.nat(60), fc.nat(60)])("merging is associative in step order", (series, a, b) => {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  const pieces = [series.slice(0, low), series.slice(low, high), series.slice(high)].flatMap(
    (piece) => mergeAll(parts(piece)) ?? [],
  );
  expect(exact(mergeAll(pieces)!)).toEqual(exact(mergeAll(parts(series))!));
  const right = pieces.reduceRight((merged, piece) => mergeBuckets(piece, merged));
  expect(exact(right)).toEqual(exact(mergeAll(pieces)!));
});

test.prop([anySeries, fc.nat(8), fc.nat(8)])(
  "a level is the same made from the level below or from the values",
  (series, fine, wider) => {
    const coarse = fine + wider;
    const direct = groupBuckets(parts(series), coarse);
    const viaFine = groupBuckets(groupBuckets(parts(series), fine), coarse);
    expect(viaFine.map(exact)).toEqual(direct.map(exact));
  },
);

test.prop([anySeries, fc.nat(12)])(
  "buckets made straight from the values are those merged step by step, to the last bit",
  (series, level) => {
    expect(bucketsOf(series, level)).toEqual(groupBuckets(parts(series), level));
  },
);

test.prop([anySeries, fc.nat(12)])(
  "no value is lost, and every extreme was logged at the step it names",
  (series, level) => {
    const byStep = new Map(series.map(({ step, value }) => [step, value]));
    let count = 0;
    let before = -1;
    for (const bucket of groupBuckets(parts(series), level)) {
      count += bucket.count;
      const index = bucketIndex(bucket.firstStep, level);
      expect(index).toBeGreaterThan(before);
      expect(bucketIndex(bucket.lastStep, level)).toBe(index);
      before = index;
      if (bucket.minStep !== null) expect(byStep.get(bucket.minStep)).toBe(bucket.min);
      if (bucket.maxStep !== null) expect(byStep.get(bucket.maxStep)).toBe(bucket.max);
      expect(byStep.get(bucket.lastStep)).toBe(bucket.last);
    }
    expect(count).toBe(series.length);
  },
);

test.prop([anySeries])("the mean is a number between the extremes, whatever was logged", (series) => {
  const whole = mergeAll(parts(series))!;
  const mean = meanOf(whole);
  expect(mean === null).toBe(whole.min === null);
  if (mean === null) return;
  expect(mean).toBeGreaterThanOrEqual(whole.min!);
  expect(mean).toBeLessThanOrEqual(whole.max!);
});

const anyStep = fc.oneof(fc.nat(10_000), fc.nat(Number.MAX_SAFE_INTEGER));

test.prop([anyStep, anyStep, fc.integer({ min: 1, max: 4000 })])(
  "a chart has the narrowest buckets that are few enough",
  (a, b, buckets) => {
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    const shownAt = (level: number) => bucketIndex(to, level) - bucketIndex(from, level) + 1;
    const level = displayLevel(from, to, buckets);
    expect(shownAt(level)).toBeLessThanOrEqual(buckets);
    if (level > 0) expect(shownAt(level - 1)).toBeGreaterThan(buckets);
  },
);

test.prop([anyStep, fc.nat(53)])(
  "the stored level is kept, is not coarser than the chart's, and leaves at most four parts a bucket",
  (lastStep, display) => {
    const stored = storedLevel(display, lastStep);
    const usable = levelsFor(lastStep).filter((level) => level <= display);
    expect(stored).toBe(usable.at(-1) ?? null);
    if (stored === null || 2 ** display > lastStep) return;
    expect(2 ** (display - stored)).toBeLessThanOrEqual(4);
  },
);
