import "server-only";
import { toWire } from "@/lib/contracts/wire-number";
import type { MetricSeries, SeriesPoint } from "@/lib/contracts/metrics";
import type { NamedX } from "@/lib/contracts/words";
import { displayLevel, FIRST_LEVEL, LEVEL_STRIDE, storedLevel } from "@/lib/domain/metrics/levels";
import { latestPerStep } from "@/lib/domain/metrics/observation";
import {
  type Bucket,
  bucketIndex,
  bucketOf,
  bucketsOf,
  groupBuckets,
  meanOf,
} from "@/lib/domain/metrics/rollup";
import { partsOf } from "./parts";
import type { MetricStore, SeriesRow } from "./store";

export interface Window {
  /** Steps, both included. */
  from: number;
  to: number;
  /** At most so many points. */
  buckets: number;
}

export interface SeriesBuckets {
  level: number;
  buckets: Bucket[];
}

/**
 * One metric over a window, in fixed power-of-two buckets of steps, of which the first and the last hold only what lies
 * in the window. Reads the coarsest rollup that is fine enough, and finer ones or observations only where the window
 * cuts a bucket or buckets are narrower than any rollup, so the cost follows the points shown.
 */
export async function readSeries(
  store: MetricStore,
  series: SeriesRow,
  window: Window,
): Promise<SeriesBuckets> {
  const to = Math.min(window.to, series.lastStep);
  const level = displayLevel(window.from, window.to, window.buckets);
  if (to < window.from) return { level, buckets: [] };
  const stored = storedLevel(level, series.lastStep);
  if (stored === null) {
    const logged = await store.observations(series.id, window.from, to);
    return { level, buckets: bucketsOf(latestPerStep(logged), level) };
  }
  // No step lies beyond the last one: the bucket that holds it is whole.
  const end = to < series.lastStep ? to : (bucketIndex(to, stored) + 1) * 2 ** stored - 1;
  const parts = await partsBetween(store, series.id, window.from, end, stored);
  return { level, buckets: groupBuckets(parts, level) };
}

/** What lies in `from..to`, in step order: whole buckets of `level`, at either end finer ones, at last observations. */
async function partsBetween(
  store: MetricStore,
  seriesId: number,
  from: number,
  to: number,
  level: number | null,
): Promise<Bucket[]> {
  if (from > to) return [];
  if (level === null) return latestPerStep(await store.observations(seriesId, from, to)).map(bucketOf);
  const width = 2 ** level;
  const finer = level > FIRST_LEVEL ? level - LEVEL_STRIDE : null;
  const first = Math.ceil(from / width);
  const last = bucketIndex(to + 1, level) - 1;
  if (first > last) return partsBetween(store, seriesId, from, to, finer);
  return [
    ...(await partsBetween(store, seriesId, from, first * width - 1, finer)),
    ...(await partsOf(store, seriesId, level, first, last)),
    ...(await partsBetween(store, seriesId, (last + 1) * width, to, finer)),
  ];
}

/** Turns a bucket's last observation into a coordinate. */
export type XOf = (bucket: Bucket) => number | null;

export function xOf(axis: Exclude<NamedX, "lr_sum" | "samples">, startedAt: Date): XOf {
  const start = startedAt.getTime() / 1000;
  switch (axis) {
    case "step":
      return ({ lastStep }) => lastStep;
    case "epoch":
      return ({ lastEpoch }) => lastEpoch;
    case "time":
      return ({ lastTime }) => lastTime;
    case "relative":
      return ({ lastTime }) => lastTime - start;
  }
}

export function nonfiniteOf({ nan, posInf, negInf }: Bucket): SeriesPoint["nonfinite"] {
  const kinds: NonNullable<SeriesPoint["nonfinite"]> = [];
  if (nan > 0) kinds.push("NaN");
  if (posInf > 0) kinds.push("Infinity");
  if (negInf > 0) kinds.push("-Infinity");
  return kinds.length > 0 ? kinds : undefined;
}

export function toWirePoint(bucket: Bucket, x: XOf): SeriesPoint {
  const nonfinite = nonfiniteOf(bucket);
  return {
    x: x(bucket),
    step: bucket.lastStep,
    last: toWire(bucket.last),
    min: bucket.min,
    max: bucket.max,
    mean: meanOf(bucket),
    count: bucket.count,
    ...(nonfinite ? { nonfinite } : {}),
  };
}

export const toWireSeries = (key: string, { level, buckets }: SeriesBuckets, x: XOf): MetricSeries => ({
  key,
  level,
  points: buckets.map((bucket) => toWirePoint(bucket, x)),
});
