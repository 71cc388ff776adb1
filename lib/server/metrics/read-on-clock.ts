import "server-only";
import type { XAxis } from "@/lib/contracts/metrics";
import { displayLevel } from "@/lib/domain/metrics/levels";
import { type Bucket, bucketOf, mergeAll } from "@/lib/domain/metrics/rollup";
import { readSeries, type SeriesBuckets, type Window } from "./read-series";
import type { MetricStore, SeriesRow } from "./store";

/** Longer series are read from their rollups, which hold the latest value of each step. */
export const MAX_ON_CLOCK = 20_000;

export const isClock = (axis: XAxis): boolean => axis === "time" || axis === "relative";

/**
 * A metric over a window of steps, as a chart along `axis` shows it. By step, epoch and the like, the latest value at a
 * step stands for all. On the clock each observation has a place of its own, so all of them are points, or, where there
 * are more than asked for, as many of them in a row as are needed make one.
 */
export async function readAlong(
  axis: XAxis,
  store: MetricStore,
  series: SeriesRow,
  window: Window,
): Promise<SeriesBuckets> {
  const repeats = series.observations > series.count;
  if (!isClock(axis) || !repeats || series.observations > MAX_ON_CLOCK)
    return readSeries(store, series, window);
  const logged = await store.observations(series.id, window.from, Math.min(window.to, series.lastStep));
  const buckets = inRows(logged.map(bucketOf), window.buckets);
  return { level: displayLevel(window.from, window.to, window.buckets), buckets };
}

/** At most `most` buckets, each of as many in a row. */
function inRows(single: readonly Bucket[], most: number): Bucket[] {
  const length = Math.max(1, Math.ceil(single.length / most));
  const rows = Array.from({ length: Math.ceil(single.length / length) }, (_, i) =>
    mergeAll(single.slice(i * length, (i + 1) * length)),
  );
  return rows.filter((row) => row !== null);
}
