import "server-only";
import { setImmediate } from "node:timers/promises";
import type { SeriesBody, SeriesResponse } from "@/lib/contracts/metrics";
import type { ColumnsResponse } from "@/lib/contracts/series-columns";
import { type Ctx, requireScope } from "../context";
import { axisOf, NOWHERE } from "./axis";
import { readAlong } from "./read-on-clock";
import { toWireSeries } from "./read-series";
import { type FoundSeries, toColumns } from "./series-columns";
import { storeOn } from "./store-on";

/**
 * Several runs × keys for one chart. Buckets are as wide for all, so that runs can be averaged, unless each run asks for
 * its own, so that a short one keeps its detail. Runs that lack a metric are left out.
 */
export async function readSeveral(ctx: Ctx, input: SeriesBody): Promise<SeriesResponse | ColumnsResponse> {
  requireScope(ctx, "runs:read");
  const found = await findSeveral(ctx, input);
  if (input.format === "columns") return toColumns(found, input.figures);
  return {
    series: found.map(({ runId, key, read, x }) => ({ run_id: runId, ...toWireSeries(key, read, x) })),
  };
}

/** In the order of the runs asked for, each one's by key. */
async function findSeveral(ctx: Ctx, input: SeriesBody): Promise<FoundSeries[]> {
  const store = storeOn(ctx.db);
  const runs = await ctx.db.prisma.run.findMany({
    where: { id: { in: input.runs }, deletedAt: null },
    select: {
      id: true,
      startedAt: true,
      lrMetric: true,
      config: true,
      series: { select: { key: true, min: true, max: true } },
    },
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
  const wanted = placed.flatMap(({ series, ...one }) => series.map((row) => ({ ...one, row })));
  wanted.sort(
    (a, b) => (order.get(a.run.id) ?? 0) - (order.get(b.run.id) ?? 0) || (a.row.key < b.row.key ? -1 : 1),
  );
  const found: FoundSeries[] = [];
  for (const { run, row, window, x } of wanted) {
    // Reading SQLite gives nobody else a turn, and a hundred runs take a second.
    await setImmediate();
    found.push({ runId: run.id, key: row.key, x, read: await readAlong(input.x, store, row, window) });
  }
  return found;
}
