import "server-only";
import { findLossKeys } from "@/lib/domain/health/loss-keys";
import type { LossPoint, LrPoint } from "@/lib/domain/health/series";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import { type Bucket, finiteCount, meanOf } from "@/lib/domain/metrics/rollup";
import { readSeries } from "../metrics/read-series";
import { storeOn } from "../metrics/store-on";
import type { RunRow } from "../runs/serialize";
import type { Tx } from "../db/database";

export interface Curve {
  key: string;
  points: LossPoint[];
}

export interface RunCurves {
  train: Curve | null;
  validation: Curve | null;
  lrs: LrPoint[];
  /** Any other metric, read the same way; null when the run has none of that name. */
  read(key: string): Promise<Curve | null>;
}

interface Wanted {
  /** The losses are found by name where these are absent. */
  metric?: string;
  validation?: string;
  /** What is read of each series, however long the run is. */
  buckets: number;
}

/** A run's losses and LR, as they stand. */
export async function readLosses(db: Tx, run: RunRow, wanted: Wanted): Promise<RunCurves> {
  const keys = run.series.map(({ key }) => key);
  const found = findLossKeys(keys);
  const store = storeOn(db);
  const bucketsOf = async (key: string | null): Promise<Bucket[] | null> => {
    const [row] = key === null ? [] : await store.findSeries(run.id, [key]);
    return row
      ? (await readSeries(store, row, { from: 0, to: row.lastStep, buckets: wanted.buckets })).buckets
      : null;
  };
  const read = async (key: string | null): Promise<Curve | null> => {
    const buckets = await bucketsOf(key);
    return key !== null && buckets ? { key, points: buckets.map(pointOf) } : null;
  };
  const lrs = (await bucketsOf(run.lrMetric ?? findLrKey(run.series))) ?? [];
  return {
    train: await read(wanted.metric ?? found.train),
    validation: await read(wanted.validation ?? found.validation),
    lrs: lrs.map(({ lastStep, last }) => ({ step: lastStep, lr: last })),
    read,
  };
}

const pointOf = (bucket: Bucket): LossPoint => ({
  step: bucket.lastStep,
  value: meanOf(bucket) ?? Number.NaN,
  max: bucket.max ?? Number.NaN,
  nonfinite: bucket.count - finiteCount(bucket),
});
