import "server-only";
import { z } from "zod";
import { toWire } from "@/lib/contracts/wire-number";
import { ListMetricsQuery, type MetricSummaries } from "@/lib/contracts/metrics";
import { decodeValue } from "@/lib/domain/metrics/nonfinite";
import { type Ctx, requireScope } from "../context";
import { CursorText, decodeCursor, toPage } from "../http/cursor";
import { requireRun } from "../runs/get-run";

const FIRST_PAGE = ListMetricsQuery.parse({});

/** The metrics of a run with their figures, by key, a page at a time. @throws ServiceError not_found */
export async function listMetrics(
  ctx: Ctx,
  runId: string,
  { limit, cursor }: ListMetricsQuery = FIRST_PAGE,
): Promise<z.input<typeof MetricSummaries>> {
  requireScope(ctx, "runs:read");
  const after = decodeCursor(z.tuple([CursorText]), cursor);
  await requireRun(ctx.db, runId);
  const rows = await ctx.db.prisma.series.findMany({
    where: { runId, key: after ? { gt: after[0] } : undefined },
    orderBy: { key: "asc" },
    take: limit + 1,
  });
  return toPage(
    rows,
    limit,
    ({ key }) => [key],
    (row) => ({
      key: row.key,
      count: row.observations,
      first_step: row.firstStep,
      last_step: row.lastStep,
      last: toWire(decodeValue(row.last, row.lastNonfinite)),
      min: row.min,
      min_step: row.minStep,
      max: row.max,
      max_step: row.maxStep,
      nan: row.nan,
      pos_inf: row.posInf,
      neg_inf: row.negInf,
    }),
  );
}
