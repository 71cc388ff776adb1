import "server-only";
import { toNumber } from "@/lib/contracts/wire-number";
import type { RangeTestBody, RangeTestResult } from "@/lib/contracts/range-test";
import { findLossKeys } from "@/lib/domain/health/loss-keys";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import { type Bucket, bucketIndex, finiteCount, meanOf } from "@/lib/domain/metrics/rollup";
import { type Ctx, requireScope } from "../context";
import { invalid } from "../errors";
import { readSeries } from "../metrics/read-series";
import { storeOn } from "../metrics/store-on";
import { findRun } from "../runs/get-run";
import type { Sweep } from "./judge-sweep";
import { runTask } from "../work/run-task";

const BUCKETS = 4000;
/** fastai's, for the raw losses of a run. */
const RUN_SMOOTHING = 0.98;
/** An LR that does not grow by this factor is a schedule, not a sweep. */
const LEAST_RISE = 10;

type Measured = Pick<Sweep, "lrs" | "losses">;

/** Zones and suggestions of an LR range test. @throws ServiceError not_found, invalid_parameters */
export async function rangeTest(ctx: Ctx, body: RangeTestBody): Promise<RangeTestResult> {
  const { run_id, metric, lrs = [], losses = [] } = body;
  const measured =
    run_id === undefined ? { lrs, losses: losses.map(toNumber) } : await sweepOf(ctx, run_id, metric);
  const beta = body.smooth ?? (run_id === undefined ? 0 : RUN_SMOOTHING);
  return runTask("judgeSweep", { ...measured, beta, numIt: body.num_it }, { signal: ctx.signal });
}

/** The part of a run in which the LR rises, as at most 4 000 pairs. */
async function sweepOf(ctx: Ctx, runId: string, metric: string | undefined): Promise<Measured> {
  requireScope(ctx, "runs:read");
  const run = await findRun(ctx.db, runId);
  const keys = run.series.map(({ key }) => key);
  const lrKey = run.lrMetric ?? findLrKey(run.series);
  const lossKey = metric ?? findLossKeys(keys).train;
  const store = storeOn(ctx.db);
  const series = await store.findSeries(
    run.id,
    [lrKey, lossKey].filter((key) => key !== null),
  );
  const lrRow = series.find(({ key }) => key === lrKey);
  const lossRow = series.find(({ key }) => key === lossKey);
  if (!lrRow) throw invalid("run_id", "the run logs no LR");
  if (!lossRow) throw invalid("metric", `the run logs no ${metric ?? "training loss"}`);
  const window = { from: 0, to: Math.max(lrRow.lastStep, lossRow.lastStep), buckets: BUCKETS };
  const lr = await readSeries(store, lrRow, window);
  const loss = await readSeries(store, lossRow, window);
  return rising(lr.buckets, loss.buckets, loss.level);
}

/** Pairs LR and loss by bucket, as long as the LR rises. @throws ServiceError invalid_parameters when it hardly does */
function rising(lr: readonly Bucket[], loss: readonly Bucket[], level: number): Measured {
  const losses = new Map(loss.map((bucket) => [bucketIndex(bucket.firstStep, level), lossOf(bucket)]));
  const found: Measured = { lrs: [], losses: [] };
  for (const bucket of lr) {
    const value = losses.get(bucketIndex(bucket.firstStep, level));
    if (value === undefined || !(bucket.last > 0)) continue;
    if (bucket.last <= (found.lrs.at(-1) ?? 0)) break;
    found.lrs.push(bucket.last);
    found.losses.push(value);
  }
  const rise = (found.lrs.at(-1) ?? 0) / (found.lrs[0] ?? 1);
  if (rise >= LEAST_RISE) return found;
  throw invalid("run_id", "the run does not sweep its LR: it must rise tenfold or more without a fall");
}

const lossOf = (bucket: Bucket): number =>
  finiteCount(bucket) < bucket.count ? Number.NaN : (meanOf(bucket) ?? Number.NaN);
