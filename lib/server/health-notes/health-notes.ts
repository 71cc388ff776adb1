import "server-only";
import type { HealthNotes, HealthQuery } from "@/lib/contracts/health-notes";
import { judgeHealth } from "@/lib/domain/health/judge";
import { findLossKeys } from "@/lib/domain/health/loss-keys";
import type { LossPoint } from "@/lib/domain/health/series";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import { type Bucket, finiteCount, meanOf } from "@/lib/domain/metrics/rollup";
import { type Ctx, requireScope } from "../context";
import { readSeries } from "../metrics/read-series";
import { storeOn } from "../metrics/store-on";
import { findRun } from "../runs/get-run";

/** What is read of each series, however long the run is. */
const BUCKETS = 4000;

/** What the run's losses say about its LR. @throws ServiceError not_found */
export async function healthNotes(ctx: Ctx, runId: string, query: HealthQuery): Promise<HealthNotes> {
  requireScope(ctx, "runs:read");
  const run = await findRun(ctx.db, runId);
  const keys = run.series.map(({ key }) => key);
  const found = findLossKeys(keys);
  const train = query.metric ?? found.train;
  const validation = query.validation ?? found.validation;
  const lr = run.lrMetric ?? findLrKey(keys);
  const store = storeOn(ctx.db);
  const rows = await store.findSeries(
    run.id,
    [train, validation, lr].filter((key) => key !== null),
  );
  const read = async (key: string | null): Promise<Bucket[] | null> => {
    const row = rows.find((candidate) => candidate.key === key);
    if (!row) return null;
    return (await readSeries(store, row, { from: 0, to: row.lastStep, buckets: BUCKETS })).buckets;
  };
  const lossOf = async (key: string | null) => {
    const buckets = await read(key);
    return key !== null && buckets ? { key, points: buckets.map(pointOf) } : null;
  };
  const notes = judgeHealth({
    train: await lossOf(train),
    validation: await lossOf(validation),
    lrs: ((await read(lr)) ?? []).map(({ lastStep, last }) => ({ step: lastStep, lr: last })),
  });
  return { notes };
}

const pointOf = (bucket: Bucket): LossPoint => ({
  step: bucket.lastStep,
  value: meanOf(bucket) ?? Number.NaN,
  max: bucket.max ?? Number.NaN,
  nonfinite: bucket.count - finiteCount(bucket),
});
