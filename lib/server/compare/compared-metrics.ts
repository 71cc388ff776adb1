import "server-only";
import { Mode } from "@/lib/contracts/common";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import type { Ctx } from "../context";
import { inChunks } from "../db/chunks";
import { loadRuns, type Which } from "./load-runs";

/** The metrics that these runs logged, and the one that their project is judged by, where it says so and they have it. */
export async function comparedMetrics(
  ctx: Ctx,
  which: Which,
): Promise<{ metrics: string[]; primary: PrimaryMetric | null }> {
  const { runs, metrics } = await loadRuns(ctx, which);
  const projects = await inChunks([...new Set(runs.map(({ project }) => project.id))], (ids) =>
    ctx.db.prisma.project.findMany({
      where: { id: { in: ids } },
      select: { primaryMetricKey: true, primaryMetricMode: true },
    }),
  );
  const declared = projects.find(
    ({ primaryMetricKey }) => primaryMetricKey !== null && metrics.includes(primaryMetricKey),
  );
  const key = declared?.primaryMetricKey ?? null;
  return { metrics, primary: key === null ? null : { key, mode: Mode.parse(declared?.primaryMetricMode) } };
}
