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

export function bucketOf(observation: Observation): Bucket {
  const { step, time, value, epoch } = observation;
  const empty: Bucket = {
    count: 0,
    nan: 0,
    posInf: 0,
    negInf: 0,
    sum: 0,
    min: null,
    minStep: null,
    max: null,
    maxStep: null,
    firstStep: step,
    first: value,
    lastStep: step,
    last: value,
    lastTime: time,
    lastEpoch: epoch,
  };
  extend(empty, observation);
  return empty;
}

/** Takes in a later step: the same as merging with the bucket of that step alone, without making one. */
function extend(bucket: Bucket, { step, time, value, epoch }: Observation): void {
  bucket.count += 1;
  bucket.lastStep = step;
  bucket.last = value;
  bucket.lastTime = time;
  bucket.lastEpoch = epoch;
  if (!Number.isFinite(value)) {
    bucket[Number.isNaN(value) ? "nan" : value > 0 ? "posInf" : "negInf"] += 1;
    return;
  }
  bucket.sum = addFinite(bucket.sum, value);
  if (bucket.min === null || value < bucket.min) [bucket.min, bucket.minStep] = [value, step];
  if (bucket.max === null || value > bucket.max) [bucket.max, bucket.maxStep] = [value, step];
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

/** Groups what is in step order into buckets of 2^level steps, in order. */
export function groupBuckets(parts: readonly Bucket[], level: number): Bucket[] {
  const grouped: Bucket[] = [];
  let last = -1;
  for (const part of parts) {
    const index = bucketIndex(part.firstStep, level);
    const before = grouped[grouped.length - 1];
    if (before && index === last) grouped[grouped.length - 1] = mergeBuckets(before, part);
    else grouped.push(part);
    last = index;
  }
  return grouped;
}

/** What the values at each step, in step order, come to in buckets of 2^level steps. */
export function bucketsOf(latest: readonly Observation[], level: number): Bucket[] {
  const grouped: Bucket[] = [];
  let last = -1;
  for (const observation of latest) {
    const index = bucketIndex(observation.step, level);
    const bucket = grouped[grouped.length - 1];
    if (bucket && index === last) extend(bucket, observation);
    else grouped.push(bucketOf(observation));
    last = index;
  }
  return grouped;
}

export function mergeAll(parts: Iterable<Bucket>): Bucket | null {
  let merged: Bucket | null = null;
  for (const part of parts) merged = merged ? mergeBuckets(merged, part) : part;
  return merged;
}
