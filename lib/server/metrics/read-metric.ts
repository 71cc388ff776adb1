import "server-only";
import { z } from "zod";
import { toWire } from "@/lib/contracts/wire-number";
import type { MetricSeries, Observation, WindowQuery } from "@/lib/contracts/metrics";
import { NEG_INF, nonfiniteCode, storedValue } from "@/lib/domain/metrics/nonfinite";
import { type Ctx, requireScope } from "../context";
import { notFound } from "../errors";
import { decodeCursor, toPage } from "../http/cursor";
import { findRun } from "../runs/get-run";
import { axisOf } from "./axis";
import { readAlong } from "./read-on-clock";
import { toWireSeries } from "./read-series";
import type { MetricStore } from "./store";
import { storeOn } from "./store-on";

type ReadInput = WindowQuery & { run_id: string; key: string };

async function seriesOrThrow(store: MetricStore, runId: string, key: string) {
  const [series] = await store.findSeries(runId, [key]);
  if (!series) throw notFound(`metric ${key} of run ${runId}`);
  return series;
}

/**
 * One metric over a window of steps, as at most `buckets` points.
 * @throws ServiceError not_found also for an x that the run does not have
 */
export async function readMetric(ctx: Ctx, input: ReadInput): Promise<MetricSeries> {
  requireScope(ctx, "runs:read");
  const run = await findRun(ctx.db, input.run_id);
  const store = storeOn(ctx.db);
  const series = await seriesOrThrow(store, run.id, input.key);
  const window = { from: input.from ?? 0, to: input.to ?? series.lastStep, buckets: input.buckets };
  const x = await axisOf(store, run, input.x, window);
  if (x === null) throw notFound(`what x=${input.x} needs, in run ${run.id},`);
  return toWireSeries(input.key, await readAlong(input.x, store, series, window), x);
}

const RawKey = z.tuple([z.int().min(0), z.number(), z.number(), z.int().min(0).max(NEG_INF)]);

/** The observations as logged, superseded ones too, a page at a time. */
export async function readRaw(
  ctx: Ctx,
  input: ReadInput & { limit: number; cursor?: string },
): Promise<{ items: Observation[]; next_cursor: string | null }> {
  requireScope(ctx, "runs:read");
  const run = await findRun(ctx.db, input.run_id);
  const store = storeOn(ctx.db);
  const series = await seriesOrThrow(store, run.id, input.key);
  const after = decodeCursor(RawKey, input.cursor) ?? [input.from ?? 0, -1, 0, 0];
  const rows = await store.observationsAfter(series.id, after, input.to ?? series.lastStep, input.limit + 1);
  return toPage(
    rows,
    input.limit,
    ({ step, time, value }) => [step, time, storedValue(value), nonfiniteCode(value)],
    ({ step, time, epoch, value }) => ({ step, time, epoch, value: toWire(value) }),
  );
}
