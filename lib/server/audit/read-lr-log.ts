import "server-only";
import type { Counter } from "@/lib/domain/audit/audit";
import type { LrPoint } from "@/lib/domain/audit/report";
import { latestPerStep } from "@/lib/domain/metrics/observation";
import type { Bucket } from "@/lib/domain/metrics/rollup";
import { readSeries } from "../metrics/read-series";
import type { MetricStore, SeriesRow } from "../metrics/store";

/** Longer logs are read from their rollups, the first and last value of each bucket. */
const FULL_RESOLUTION = 20_000;
const BUCKETS = 4000;

/** The LRs of a run, one a step, ascending; the latest where a step was logged several times. */
export async function readLrLog(store: MetricStore, row: SeriesRow): Promise<LrPoint[]> {
  if (row.observations <= FULL_RESOLUTION) {
    const logged = latestPerStep(await store.observations(row.id, 0, row.lastStep));
    return logged.map(({ step, value, epoch }) => ({ step, lr: value, epoch }));
  }
  const { buckets } = await readSeries(store, row, { from: 0, to: row.lastStep, buckets: BUCKETS });
  return buckets.flatMap(ends);
}

/** Only the last value of a bucket has its epoch with it. */
function ends({ first, firstStep, last, lastStep, lastEpoch }: Bucket): LrPoint[] {
  const end = { step: lastStep, lr: last, epoch: lastEpoch };
  return firstStep === lastStep ? [end] : [{ step: firstStep, lr: first, epoch: null }, end];
}

/** Names under which trainings log the count of their own steps. */
const COUNTER = /(^|[/_.-])(global_?step|iter(ation)?s?|num_?updates?|updates?|batch(es)?|it|steps?)$/i;
const MOST_COUNTERS = 3;

export const counterKeys = (keys: readonly string[]): string[] =>
  keys.filter((key) => COUNTER.test(key)).slice(0, MOST_COUNTERS);

/** The metrics that count the run's steps. */
export async function readCounters(store: MetricStore, rows: readonly SeriesRow[]): Promise<Counter[]> {
  const counters: Counter[] = [];
  for (const row of rows) {
    const log = await readLrLog(store, row);
    counters.push({ key: row.key, values: log.map(({ step, lr }) => ({ step, value: lr })) });
  }
  return counters;
}
