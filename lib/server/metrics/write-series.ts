import "server-only";
import { FIRST_LEVEL } from "@/lib/domain/metrics/levels";
import { latestPerStep, type Observation } from "@/lib/domain/metrics/observation";
import { type Bucket, bucketsOf, mergeAll } from "@/lib/domain/metrics/rollup";
import type { Incoming } from "./columns";
import { appendRollups, repairRollups } from "./rollups";
import type { MetricStore, SeriesRow } from "./store";

export interface SeriesWrite {
  /** The rows that were not there. */
  stored: readonly Incoming[];
  /** Of all that came, the latest at each step. */
  latest: Observation[];
  /** true: only steps beyond the last one were added, in order, so that whoever folds the series may go on. */
  appended: boolean;
  /** Steps with a value, now. */
  count: number;
}

/** Stores one metric's values, keeps its rollups and figures right, and says what was new. `rows` as `columnsOf` gives them. */
export async function writeSeries(
  store: MetricStore,
  runId: string,
  key: string,
  series: SeriesRow | undefined,
  rows: readonly Incoming[],
): Promise<SeriesWrite> {
  const latest = latestPerStep(rows);
  const added = bucketsOf(latest, FIRST_LEVEL);
  const whole = mergeAll(added);
  if (!whole) return { stored: [], latest, appended: true, count: series?.count ?? 0 };
  if (series && (whole.firstStep <= series.lastStep || latest.length < rows.length)) {
    return { latest, ...(await correctSeries(store, series, rows)) };
  }
  const count = await extendSeries(store, { runId, key, series }, rows, added);
  return { stored: rows, latest, appended: true, count };
}

/** Adds steps beyond the last one, and gives how many there are then. `added`: the same in buckets, in step order. */
async function extendSeries(
  store: MetricStore,
  { runId, key, series }: { runId: string; key: string; series: SeriesRow | undefined },
  rows: readonly Incoming[],
  added: readonly Bucket[],
): Promise<number> {
  const figures = mergeAll(series ? [series, ...added] : added);
  if (!figures) return 0;
  const row = { key, ...figures, observations: (series?.observations ?? 0) + rows.length };
  const id = series?.id ?? (await store.createSeries(runId, row));
  await store.append(id, rows);
  await appendRollups(store, id, series ?? null, added);
  if (series) await store.saveSeries({ ...row, id, key });
  return figures.count;
}

async function correctSeries(
  store: MetricStore,
  series: SeriesRow,
  rows: readonly Incoming[],
): Promise<Omit<SeriesWrite, "latest">> {
  const candidates = await withoutStored(store, series, rows);
  const late = candidates.filter(({ step }) => step <= series.lastStep);
  const beyond = candidates.slice(late.length);
  const storedLate = await insertNew(store, series.id, late);
  const steps = [...new Set(storedLate.map(({ step }) => step))];
  const before = steps.length > 0 ? await repairRollups(store, series, steps) : series;
  const storedBeyond = await insertNew(store, series.id, beyond);
  const added = bucketsOf(latestPerStep(storedBeyond), FIRST_LEVEL);
  await appendRollups(store, series.id, before, added);
  const stored = [...storedLate, ...storedBeyond];
  const whole = mergeAll([before, ...added]) ?? series;
  if (stored.length > 0) {
    await store.saveSeries({ ...series, ...whole, observations: series.observations + stored.length });
  }
  return { stored, appended: stored.length === 0, count: whole.count };
}

async function insertNew(
  store: MetricStore,
  seriesId: number,
  rows: readonly Incoming[],
): Promise<readonly Incoming[]> {
  const fresh = await store.insert(seriesId, rows);
  return rows.filter((_, i) => fresh[i]);
}

const sameValue = (row: { step: number; value: number }) => `${row.step} ${row.value}`;

/** Without a time a retry cannot be told by it: the same value at the same step is taken for the same observation. */
async function withoutStored(
  store: MetricStore,
  series: SeriesRow,
  rows: readonly Incoming[],
): Promise<readonly Incoming[]> {
  const untimed = rows.filter((row) => !row.timed && row.step <= series.lastStep);
  if (untimed.length === 0) return rows;
  const stored = new Set((await store.observationsIn(series.id, stretches(untimed))).map(sameValue));
  return rows.filter((row) => row.timed || !stored.has(sameValue(row)));
}

/** The steps of rows in storage order, those that follow each other as one range. */
function stretches(rows: readonly Incoming[]): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (const { step } of rows) {
    const last = found.at(-1);
    if (last && step <= last[1] + 1) last[1] = step;
    else found.push([step, step]);
  }
  return found;
}
