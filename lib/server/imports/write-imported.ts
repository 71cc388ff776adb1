import "server-only";
import type { ImportOutcome } from "@/lib/contracts/imports";
import { type Ctx, requireScope } from "../context";
import { ServiceError } from "../errors";
import { logMetrics } from "../metrics/log-metrics";
import { createRun } from "../runs/create-run";
import { finishRun } from "../runs/write-run";
import { streamTask } from "../work/run-task";
import type { ReadableGroup } from "./open-sources";
import type { ScannedGroup } from "./read-group";

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
  group: ReadableGroup,
  scanned: ScannedGroup,
): Promise<Verdict> {
  const verdict = await foresee(ctx, target.id);
  if (verdict.outcome === "refused" || verdict.outcome === "unchanged") return verdict;
  const { status, ended_at, ...declared } = scanned.declared;
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
  await logAll(ctx, target.id, group);
  const end = ended_at ? Date.parse(ended_at) / 1000 : scanned.lastTime;
  await finishRun(ctx, target.id, { status: status ?? "finished", ...(end === null ? {} : { time: end }) });
  return verdict;
}

/** What was begun is stored to its end, whether its sender waits or not. */
const NEVER = new AbortController().signal;

async function logAll(ctx: Ctx, runId: string, group: ReadableGroup): Promise<void> {
  let batch = 0;
  for await (const points of streamTask("importBatches", group, { signal: NEVER })) {
    await logMetrics(ctx, { run_id: runId, points, batch_id: `import-${(batch += 1)}` });
  }
}
