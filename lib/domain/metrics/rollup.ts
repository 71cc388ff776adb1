import { NAN, nonfiniteCode, POS_INF } from "./nonfinite";
import type { Observation } from "./observation";

/**
 * Figures of the steps of one bucket. Merging is associative, so a bucket of any width is the merge of narrower ones,
 * in step order, and a live series changes only its last bucket at each level.
 */
export interface Bucket {
  /** Steps with a value. Those that are not finite are counted apart as well. */
  count: number;
  nan: number;
  posInf: number;
  negInf: number;
  /** Over finite values. */
  sum: number;
  min: number | null;
  minStep: number | null;
  max: number | null;
  maxStep: number | null;
  firstStep: number;
  first: number;
  lastStep: number;
  last: number;
  lastTime: number;
  lastEpoch: number | null;
}

export function bucketOf({ step, time, value, epoch }: Observation): Bucket {
  const code = nonfiniteCode(value);
  const finite = code === 0;
  return {
    count: 1,
    nan: code === NAN ? 1 : 0,
    posInf: code === POS_INF ? 1 : 0,
    negInf: code > POS_INF ? 1 : 0,
    sum: finite ? value : 0,
    min: finite ? value : null,
    minStep: finite ? step : null,
    max: finite ? value : null,
    maxStep: finite ? step : null,
    firstStep: step,
    first: value,
    lastStep: step,
    last: value,
    lastTime: time,
    lastEpoch: epoch,
  };
}

/** Beyond the largest double a sum stays there: Infinity is a value that was logged, and databases lack it. */
const addFinite = (a: number, b: number): number =>
  Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, a + b));

/** `a` holds earlier steps than `b`. Of equal extremes the earlier step is kept. */
export function mergeBuckets(a: Bucket, b: Bucket): Bucket {
  const takeMin = a.min === null || (b.min !== null && b.min < a.min);
  const takeMax = a.max === null || (b.max !== null && b.max > a.max);
  return {
    count: a.count + b.count,
    nan: a.nan + b.nan,
    posInf: a.posInf + b.posInf,
    negInf: a.negInf + b.negInf,
    sum: addFinite(a.sum, b.sum),
    min: takeMin ? b.min : a.min,
    minStep: takeMin ? b.minStep : a.minStep,
    max: takeMax ? b.max : a.max,
    maxStep: takeMax ? b.maxStep : a.maxStep,
    firstStep: a.firstStep,
    first: a.first,
    lastStep: b.lastStep,
    last: b.last,
    lastTime: b.lastTime,
    lastEpoch: b.lastEpoch,
  };
}

export const finiteCount = (bucket: Pick<Bucket, "count" | "nan" | "posInf" | "negInf">): number =>
  bucket.count - bucket.nan - bucket.posInf - bucket.negInf;

/** Over finite values; null without one. Rounding never takes it beyond the extremes. */
export function meanOf({ min, max, sum, ...counts }: Bucket): number | null {
  if (min === null || max === null) return null;
  return Math.max(min, Math.min(max, sum / finiteCount(counts)));
}

/** Steps reach 2^53, beyond the bitwise operators. */
export const bucketIndex = (step: number, level: number): number => Math.floor(step / 2 ** level);

/** Groups what is in step order into buckets of 2^level steps; the map's keys are bucket numbers, ascending. */
export function groupBuckets(parts: readonly Bucket[], level: number): Map<number, Bucket> {
  const grouped = new Map<number, Bucket>();
  for (const part of parts) {
    const index = bucketIndex(part.firstStep, level);
    const before = grouped.get(index);
    grouped.set(index, before ? mergeBuckets(before, part) : part);
  }
  return grouped;
}

export function mergeAll(parts: readonly Bucket[]): Bucket | null {
  let merged: Bucket | null = null;
  for (const part of parts) merged = merged ? mergeBuckets(merged, part) : part;
  return merged;
}
