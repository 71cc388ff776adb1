import "server-only";
import { bucketIndex } from "@/lib/domain/metrics/rollup";
import { readSeries, type Window, type XOf } from "./read-series";
import type { MetricStore, SeriesRow } from "./store";

/**
 * Another metric as x: what it was where a point stands, its latest value up to there. Both are read in the same buckets,
 * so the two meet exactly where every step is shown, and within one bucket where several share one. Before its first
 * value, and where it is not finite, there is no x.
 */
export async function metricAxis(store: MetricStore, series: SeriesRow, window: Window): Promise<XOf> {
  const before =
    window.from > 0
      ? await readSeries(store, series, { from: 0, to: window.from - 1, buckets: 1 })
      : { buckets: [] };
  const { level, buckets } = await readSeries(store, series, window);
  const known = buckets.map(({ lastStep, last }) => ({ bucket: bucketIndex(lastStep, level), last }));
  const first = before.buckets.at(-1)?.last ?? NaN;
  return ({ lastStep }) => {
    const x = known[atOrBelow(known, bucketIndex(lastStep, level))]?.last ?? first;
    return Number.isFinite(x) ? x : null;
  };
}

/** Index of the last entry whose bucket is not behind `bucket`; −1 when all are. */
function atOrBelow(ascending: readonly { bucket: number }[], bucket: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle]?.bucket ?? Infinity) <= bucket) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
