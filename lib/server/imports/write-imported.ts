import "server-only";
import { type LogMetricsBody, MAX_POINTS, MAX_VALUES, type Point } from "@/lib/contracts/metrics";
import type { ImportOutcome } from "@/lib/contracts/imports";
import { type Ctx, requireScope } from "../context";
import { ServiceError } from "../errors";
import { logMetrics } from "../metrics/log-metrics";
import { createRun } from "../runs/create-run";
import { finishRun } from "../runs/write-run";
import type { Scan } from "./scan";
import type { Source } from "./source";

/** Other requests get their turn between two batches. */
const BATCH_POINTS = MAX_POINTS / 2;
const BATCH_VALUES = MAX_VALUES / 2;

export interface Target {
  id: string;
  name: string;
  projectId: string;
  lrMetric: string | null;
}

export type Verdict = { outcome: ImportOutcome; reason: string | null };

/** What an import into the run of that id would come to. */
export async function foresee(ctx: Ctx, id: string | null): Promise<Verdict> {
  requireScope(ctx, "runs:read");
  const known =
    id === null
      ? null
      : await ctx.db.prisma.run.findUnique({ where: { id }, select: { status: true, deletedAt: true } });
  if (!known) return { outcome: "created", reason: null };
  if (known.deletedAt) {
    return {
      outcome: "refused",
      reason: `run ${id ?? ""} came from these files and is deleted; restore it instead`,
    };
  }
  return { outcome: known.status === "running" ? "completed" : "unchanged", reason: null };
}

/**
 * Makes the run, logs its points in batches and ends it. Cut off by whatever means, the run stays open, and the same
 * import again goes on where this one stopped: its batches are numbered.
 */
export async function writeImported(
  ctx: Ctx,
  target: Target,
  source: Source,
  scanned: Scan,
): Promise<Verdict> {
  const verdict = await foresee(ctx, target.id);
  if (verdict.outcome === "refused" || verdict.outcome === "unchanged") return verdict;
  const { status, ended_at, ...declared } = source.declared;
  if (verdict.outcome === "created") {
    try {
      await createRun(ctx, {
        ...declared,
        id: target.id,
        project: target.projectId,
        name: target.name,
        lr_metric: target.lrMetric,
        resume: "never",
        // What is over needs no advice: the project's own policies stay out.
        plateau: [],
      });
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== "invalid_parameters") throw error;
      return { outcome: "refused", reason: error.message };
    }
  }
  await logAll(ctx, target.id, source);
  const end = ended_at ? Date.parse(ended_at) / 1000 : scanned.lastTime;
  await finishRun(ctx, target.id, { status: status ?? "finished", ...(end === null ? {} : { time: end }) });
  return verdict;
}

async function logAll(ctx: Ctx, runId: string, source: Source): Promise<void> {
  let points: Point[] = [];
  let values = 0;
  let batch = 0;
  const flush = async () => {
    const body: LogMetricsBody = { points, batch_id: `import-${(batch += 1)}` };
    if (points.length > 0) await logMetrics(ctx, { run_id: runId, ...body });
    [points, values] = [[], 0];
  };
  for await (const point of source.points(new Map())) {
    const size = Object.keys(point.metrics).length;
    if (points.length === BATCH_POINTS || values + size > BATCH_VALUES) await flush();
    points.push(point);
    values += size;
  }
  await flush();
}
