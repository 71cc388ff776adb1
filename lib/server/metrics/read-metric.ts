import "server-only";
import { z } from "zod";
import { toWire } from "@/lib/contracts/wire-number";
import type {
  MetricSeries,
  Observation,
  SeriesBody,
  SeriesResponse,
  WindowQuery,
  XAxis,
} from "@/lib/contracts/metrics";
import { NEG_INF, nonfiniteCode, storedValue } from "@/lib/domain/metrics/nonfinite";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import { type Ctx, requireScope } from "../context";
import { notFound } from "../errors";
import { decodeCursor, toPage } from "../http/cursor";
import { findRun } from "../runs/get-run";
import { lrSumAxis } from "./lr-sum";
import { readSeries, toWireSeries, type XOf, xOf } from "./read-series";
import type { MetricStore, SeriesRow } from "./store";
import { storeOn } from "./store-on";

type ReadInput = WindowQuery & { run_id: string; key: string };

async function seriesOrThrow(store: MetricStore, runId: string, key: string) {
  const [series] = await store.findSeries(runId, [key]);
  if (!series) throw notFound(`metric ${key} of run ${runId}`);
  return series;
}

/** One metric over a window of steps, as at most `buckets` points. */
export async function readMetric(ctx: Ctx, input: ReadInput): Promise<MetricSeries> {
  requireScope(ctx, "runs:read");
  const run = await findRun(ctx.db, input.run_id);
  const store = storeOn(ctx.db);
  const series = await seriesOrThrow(store, run.id, input.key);
  const window = { from: input.from ?? 0, to: input.to ?? series.lastStep, buckets: input.buckets };
  return toWireSeries(input.key, await readSeries(store, series, window), await axisOf(store, run, input.x));
}

interface AxisRun {
  id: string;
  startedAt: Date;
  lrMetric: string | null;
  series: readonly { key: string }[];
}

const LR_SUM_BUCKETS = 4000;

/** @throws ServiceError not_found for `lr_sum` on a run that logs no LR */
export async function axisOf(store: MetricStore, run: AxisRun, axis: XAxis): Promise<XOf> {
  if (axis !== "lr_sum") return xOf(axis, run.startedAt);
  const key = run.lrMetric ?? findLrKey(run.series.map((series) => series.key));
  if (key === null) throw notFound(`the LR of run ${run.id}, which x=lr_sum needs,`);
  const lr = await seriesOrThrow(store, run.id, key);
  const { buckets } = await readSeries(store, lr, { from: 0, to: lr.lastStep, buckets: LR_SUM_BUCKETS });
  return lrSumAxis(buckets);
}

/**
 * Several runs × keys for one chart, each over its own whole length unless a window is named, so that a short run keeps
 * its detail beside a long one. Runs that lack a metric are left out.
 */
export async function readSeveral(ctx: Ctx, input: SeriesBody): Promise<SeriesResponse> {
  requireScope(ctx, "runs:read");
  const store = storeOn(ctx.db);
  const runs = await ctx.db.prisma.run.findMany({
    where: { id: { in: input.runs }, deletedAt: null },
    select: { id: true, startedAt: true, lrMetric: true, series: { select: { key: true } } },
  });
  const rows = await Promise.all(
    runs.map(async (run) => ({
      run,
      series: await store.findSeries(run.id, input.keys),
      x: await axisOf(store, run, input.x),
    })),
  );
  const windowOf = ({ lastStep }: SeriesRow) => {
    return { from: input.from ?? 0, to: input.to ?? lastStep, buckets: input.buckets };
  };
  const order = new Map(input.runs.map((id, i) => [id, i]));
  const found = rows.flatMap(({ run, series, x }) => series.map((row) => ({ run, row, x })));
  found.sort(
    (a, b) => (order.get(a.run.id) ?? 0) - (order.get(b.run.id) ?? 0) || (a.row.key < b.row.key ? -1 : 1),
  );
  const series: SeriesResponse["series"] = [];
  for (const { run, row, x } of found) {
    series.push({ run_id: run.id, ...toWireSeries(row.key, await readSeries(store, row, windowOf(row)), x) });
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
