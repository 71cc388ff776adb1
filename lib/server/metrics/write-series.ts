import "server-only";
import { latestPerStep } from "@/lib/domain/metrics/observation";
import { type Bucket, bucketOf, mergeAll, mergeBuckets } from "@/lib/domain/metrics/rollup";
import type { Incoming } from "./columns";
import { appendRollups, repairRollups } from "./rollups";
import type { MetricStore, SeriesRow } from "./store";

export interface SeriesWrite {
  /** Which points of the request brought a value that was not there. */
  newPoints: number[];
  /** true: only steps beyond the last one were added, in order, so that whoever folds the series may go on. */
  appended: boolean;
}

/** Stores one metric's values, keeps its rollups and figures right, and says what was new. `rows` as `columnsOf` gives them. */
export async function writeSeries(
  store: MetricStore,
  runId: string,
  key: string,
  series: SeriesRow | undefined,
  rows: readonly Incoming[],
): Promise<SeriesWrite> {
  const parts = latestPerStep(rows).map(bucketOf);
  const first = rows[0];
  const whole = mergeAll(parts);
  if (!first || !whole) return { newPoints: [], appended: true };
  if (!series) return createSeries(store, runId, key, rows, parts, whole);
  const appended = first.step > series.lastStep && parts.length === rows.length;
  if (!appended) return correctSeries(store, series, rows);
  await store.insert(series.id, rows);
  await appendRollups(store, series.id, series.lastStep, parts);
  const observations = series.observations + rows.length;
  await store.saveSeries({ ...series, ...mergeBuckets(series, whole), observations });
  return { newPoints: rows.map((row) => row.point), appended: true };
}

async function createSeries(
  store: MetricStore,
  runId: string,
  key: string,
  rows: readonly Incoming[],
  parts: readonly Bucket[],
  whole: Bucket,
): Promise<SeriesWrite> {
  const id = await store.createSeries(runId, key, whole);
  await store.insert(id, rows);
  await appendRollups(store, id, null, parts);
  await store.saveSeries({ id, key, ...whole, observations: rows.length });
  return { newPoints: rows.map((row) => row.point), appended: true };
}

async function correctSeries(
  store: MetricStore,
  series: SeriesRow,
  rows: readonly Incoming[],
): Promise<SeriesWrite> {
  const candidates = await withoutStored(store, series, rows);
  const fresh = await store.insert(series.id, candidates);
  const stored = candidates.filter((_, i) => fresh[i]);
  if (stored.length === 0) return { newPoints: [], appended: true };
  const steps = [...new Set(stored.map((row) => row.step))];
  const whole = await repairRollups(store, series, steps);
  await store.saveSeries({ ...series, ...whole, observations: series.observations + stored.length });
  return { newPoints: stored.map((row) => row.point), appended: false };
}

const sameValue = (row: { step: number; value: number }) => `${row.step} ${row.value}`;

/** Without a time a retry cannot be told by it: the same value at the same step is taken for the same observation. */
async function withoutStored(
  store: MetricStore,
  series: SeriesRow,
  rows: readonly Incoming[],
): Promise<readonly Incoming[]> {
  const untimed = rows.filter((row) => !row.timed && row.step <= series.lastStep);
  const from = untimed[0]?.step;
  const to = untimed.at(-1)?.step;
  if (from === undefined || to === undefined) return rows;
  const stored = new Set((await store.observations(series.id, from, to)).map(sameValue));
  return rows.filter((row) => row.timed || !stored.has(sameValue(row)));
}
