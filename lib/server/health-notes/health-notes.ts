import "server-only";
import type { HealthNotes, HealthQuery } from "@/lib/contracts/health-notes";
import { judgeHealth } from "@/lib/domain/health/judge";
import { type Ctx, requireScope } from "../context";
import { findRun } from "../runs/get-run";
import { readLosses } from "./read-losses";

const BUCKETS = 4000;

/** What the run's losses say about its LR. @throws ServiceError not_found */
export async function healthNotes(ctx: Ctx, runId: string, query: HealthQuery): Promise<HealthNotes> {
  requireScope(ctx, "runs:read");
  const run = await findRun(ctx.db, runId);
  const { train, validation, lrs } = await readLosses(ctx.db, run, { ...query, buckets: BUCKETS });
  return { notes: judgeHealth({ train, validation, lrs, ended: run.status !== "running" }) };
}
