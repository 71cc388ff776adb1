import "server-only";
import { toWire } from "@/lib/contracts/wire-number";
import type { MetricSummary } from "@/lib/contracts/metrics";
import { decodeValue } from "@/lib/domain/metrics/nonfinite";
import { type Ctx, requireScope } from "../context";
import { findRun } from "../runs/get-run";

/** Every metric of a run with its figures, by key. */
export async function listMetrics(ctx: Ctx, runId: string): Promise<{ items: MetricSummary[] }> {
  requireScope(ctx, "runs:read");
  await findRun(ctx.db, runId);
  const rows = await ctx.db.prisma.series.findMany({ where: { runId }, orderBy: { key: "asc" } });
  return {
    items: rows.map((row) => ({
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
    })),
  };
}
