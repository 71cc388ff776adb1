import { describe, expect, test } from "vitest";
import type { Observation } from "@/lib/domain/metrics/observation";
import {
  bucketIndex,
  bucketOf,
  finiteCount,
  groupBuckets,
  meanOf,
  mergeAll,
  mergeBuckets,
} from "@/lib/domain/metrics/rollup";

const at = (step: number, value: number): Observation => ({
  step,
  time: 100 + step,
  value,
  epoch: step / 10,
});
const of = (...values: number[]) => mergeAll(values.map((value, step) => bucketOf(at(step, value))))!;

describe("a bucket", () => {
  test("of one value is that value throughout", () => {
    expect(bucketOf(at(7, 0.5))).toEqual({
      ...{ count: 1, nan: 0, posInf: 0, negInf: 0, sum: 0.5, min: 0.5, minStep: 7, max: 0.5, maxStep: 7 },
      ...{ firstStep: 7, first: 0.5, lastStep: 7, last: 0.5, lastTime: 107, lastEpoch: 0.7 },
    });
  });

  test.each([
    [NaN, { nan: 1, posInf: 0, negInf: 0 }],
    [Infinity, { nan: 0, posInf: 1, negInf: 0 }],
    [-Infinity, { nan: 0, posInf: 0, negInf: 1 }],
  ])("of %d counts it apart and has no extremes", (value, kinds) => {
    const bucket = bucketOf(at(1, value));
    expect(bucket).toMatchObject({
      count: 1,
      ...kinds,
      sum: 0,
      min: null,
      max: null,
      first: value,
      last: value,
    });
    expect(finiteCount(bucket)).toBe(0);
    expect(meanOf(bucket)).toBeNull();
  });

  test("keeps first and last in step order, extremes with their steps, and the earlier of equal extremes", () => {
    expect(of(3, 1, 5, 1, 5, 2)).toMatchObject({
      count: 6,
      sum: 17,
      min: 1,
      minStep: 1,
      max: 5,
      maxStep: 2,
      first: 3,
      last: 2,
      lastStep: 5,
    });
  });

  test("takes extremes and mean over finite values only", () => {
    const bucket = of(NaN, 2, Infinity, 4, -Infinity);
    expect(bucket).toMatchObject({ count: 5, min: 2, max: 4, last: -Infinity });
    expect(Number.isNaN(bucket.first)).toBe(true);
    expect(meanOf(bucket)).toBe(3);
  });
});

describe("the mean", () => {
  test("stays between the extremes where the sum rounds or overflows", () => {
    expect(meanOf(of(0.1, 0.1, 0.1))).toBe(0.1);
    expect(meanOf(of(1.7e308, 1.7e308))).toBe(1.7e308);
    expect(meanOf(of(-1.7e308, -1.7e308, -1.6e308))).toBe(-1.6e308);
    expect(of(1.7e308, 1.7e308, -1e308).sum).toBeLessThan(Infinity);
  });
});

describe("grouping", () => {
  test("steps fall into buckets of a power of two, up to the last step there is", () => {
    expect(bucketIndex(63, 6)).toBe(0);
    expect(bucketIndex(64, 6)).toBe(1);
    expect(bucketIndex(Number.MAX_SAFE_INTEGER, 52)).toBe(1);
    const grouped = groupBuckets(
      [0, 1, 3, 4, 9].map((step) => bucketOf(at(step, step))),
      2,
    );
    expect(grouped.map(({ count, first, last }) => [count, first, last])).toEqual([
      [3, 0, 3],
      [1, 4, 4],
      [1, 9, 9],
    ]);
  });

  test("nothing merges to nothing, and merging leaves its parts alone", () => {
    expect(mergeAll([])).toBeNull();
    const [a, b] = [Object.freeze(bucketOf(at(0, 1))), Object.freeze(bucketOf(at(1, 2)))];
    expect(mergeBuckets(a, b)).toMatchObject({ count: 2, sum: 3 });
    expect(a.count).toBe(1);
  });
});
