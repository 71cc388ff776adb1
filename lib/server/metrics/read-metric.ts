import "server-only";
import { z } from "zod";
import { toWire } from "@/lib/contracts/wire-number";
import type {
  MetricSeries,
  Observation,
  SeriesBody,
  SeriesResponse,
  WindowQuery,
} from "@/lib/contracts/metrics";
import { NEG_INF, nonfiniteCode, storedValue } from "@/lib/domain/metrics/nonfinite";
import { type Ctx, requireScope } from "../context";
import { notFound } from "../errors";
import { decodeCursor, toPage } from "../http/cursor";
import { findRun } from "../runs/get-run";
import { axisOf, NOWHERE } from "./axis";
import { readSeries, toWireSeries } from "./read-series";
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
  return toWireSeries(input.key, await readSeries(store, series, window), x);
}

/**
 * Several runs × keys for one chart. Buckets are as wide for all, so that runs can be averaged, unless each run asks for
 * its own, so that a short one keeps its detail. Runs that lack a metric are left out.
 */
export async function readSeveral(ctx: Ctx, input: SeriesBody): Promise<SeriesResponse> {
  requireScope(ctx, "runs:read");
  const store = storeOn(ctx.db);
  const runs = await ctx.db.prisma.run.findMany({
    where: { id: { in: input.runs }, deletedAt: null },
    select: { id: true, startedAt: true, lrMetric: true, config: true, series: { select: { key: true } } },
  });
  const rows = await Promise.all(
    runs.map(async (run) => ({ run, series: await store.findSeries(run.id, input.keys) })),
  );
  const lastOf = (of: typeof rows) =>
    Math.max(0, ...of.flatMap(({ series }) => series.map(({ lastStep }) => lastStep)));
  const longest = lastOf(rows);
  const order = new Map(input.runs.map((id, i) => [id, i]));
  const placed = await Promise.all(
    rows.map(async ({ run, series }) => {
      const to = input.to ?? (input.grid === "own" ? lastOf([{ run, series }]) : longest);
      const window = { from: input.from ?? 0, to, buckets: input.buckets };
      return { run, series, window, x: (await axisOf(store, run, input.x, window)) ?? NOWHERE };
    }),
  );
  const found = placed.flatMap(({ series, ...one }) => series.map((row) => ({ ...one, row })));
  found.sort(
    (a, b) => (order.get(a.run.id) ?? 0) - (order.get(b.run.id) ?? 0) || (a.row.key < b.row.key ? -1 : 1),
  );
  const series: SeriesResponse["series"] = [];
  for (const { run, row, window, x } of found) {
    series.push({ run_id: run.id, ...toWireSeries(row.key, await readSeries(store, row, window), x) });
  }
  return { series };
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
