import "server-only";
import type { HealthNotes, HealthQuery } from "@/lib/contracts/health-notes";
import { RULES } from "@/lib/domain/health/note";
import { judgeHealth } from "@/lib/domain/health/judge";
import { type Ctx, requireScope } from "../context";
import { findRun } from "../runs/get-run";
import { judgedLossOf } from "./judged-loss";
import { readLosses } from "./read-losses";

const BUCKETS = 4000;

/** What the run's losses say about its LR. @throws ServiceError not_found */
export async function healthNotes(ctx: Ctx, runId: string, query: HealthQuery): Promise<HealthNotes> {
  requireScope(ctx, "runs:read");
  const run = await findRun(ctx.db, runId);
  const curves = await readLosses(ctx.db, run, { ...query, buckets: BUCKETS });
  const { validation, lrs } = curves;
  // Who names a loss wants it judged.
  const { loss, whyNot: notTheGoal } =
    query.metric === undefined
      ? await judgedLossOf(ctx.db, run, curves)
      : { loss: query.metric, whyNot: null };
  const train = loss === validation?.key ? null : curves.train;
  const notes = judgeHealth({ train, validation, lrs, ended: run.status !== "running", notTheGoal });
  return {
    notes: notes.map((note) => ({ ...note, rule: RULES[note.code] })),
    judged: [train, validation].flatMap((curve) => (curve ? [curve.key] : [])),
    not_the_goal: notTheGoal,
  };
}
