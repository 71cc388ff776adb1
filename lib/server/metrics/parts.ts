import "server-only";
import { latestPerStep } from "@/lib/domain/metrics/observation";
import { type Bucket, bucketIndex, bucketOf } from "@/lib/domain/metrics/rollup";
import type { MetricStore } from "./store";

/** Steps, both included. */
type Range = [from: number, to: number];

/**
 * What lies in buckets `first..last` of a level, in step order: the stored buckets, and where there is none the few steps
 * that it would hold, each as a bucket of its own.
 */
export async function partsOf(
  store: MetricStore,
  seriesId: number,
  level: number,
  first: number,
  last: number,
): Promise<Bucket[]> {
  const stored = await store.buckets(seriesId, level, first, last);
  const gaps = gapsIn(stored, level, first, last);
  if (gaps.length === 0) return stored;
  const logged = latestPerStep(await store.observationsIn(seriesId, gaps));
  return merged(stored, logged.map(bucketOf));
}

/** The steps of buckets `first..last` of which none is stored. */
function gapsIn(stored: readonly Bucket[], level: number, first: number, last: number): Range[] {
  const width = 2 ** level;
  const gaps: Range[] = [];
  let next = first;
  for (const { firstStep } of stored) {
    const index = bucketIndex(firstStep, level);
    if (index > next) gaps.push([next * width, index * width - 1]);
    next = index + 1;
  }
  if (next <= last) gaps.push([next * width, (last + 1) * width - 1]);
  return gaps;
}

/** Both are in step order, and no step is in both. */
function merged(a: readonly Bucket[], b: readonly Bucket[]): Bucket[] {
  if (b.length === 0) return [...a];
  const both: Bucket[] = [];
  let i = 0;
  for (const bucket of b) {
    for (let other = a[i]; other && other.firstStep < bucket.firstStep; other = a[++i]) both.push(other);
    both.push(bucket);
  }
  return [...both, ...a.slice(i)];
}
