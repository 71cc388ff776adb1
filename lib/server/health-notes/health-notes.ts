import "server-only";
import type { HealthNotes, HealthQuery } from "@/lib/contracts/health-notes";
import { RULES } from "@/lib/domain/health/note";
import { judgeHealth } from "@/lib/domain/health/judge";
import { type Ctx, requireScope } from "../context";
import { findRun } from "../runs/get-run";
import { notTheGoalOf } from "./not-the-goal";
import { readLosses } from "./read-losses";

const BUCKETS = 4000;

/** What the run's losses say about its LR. @throws ServiceError not_found */
export async function healthNotes(ctx: Ctx, runId: string, query: HealthQuery): Promise<HealthNotes> {
  requireScope(ctx, "runs:read");
  const run = await findRun(ctx.db, runId);
  const curves = await readLosses(ctx.db, run, { ...query, buckets: BUCKETS });
  const { train, validation, lrs } = curves;
  // Who names a loss wants it judged.
  const notTheGoal = query.metric === undefined ? await notTheGoalOf(ctx.db, run, curves) : null;
  const notes = judgeHealth({ train, validation, lrs, ended: run.status !== "running", notTheGoal });
  return {
    notes: notes.map((note) => ({ ...note, rule: RULES[note.code] })),
    judged: [train, validation].flatMap((curve) => (curve ? [curve.key] : [])),
    not_the_goal: notTheGoal,
  };
}
