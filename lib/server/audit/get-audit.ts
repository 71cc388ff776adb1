import "server-only";
import type { RunAudit } from "@/lib/contracts/audit";
import { delayed } from "@/lib/domain/infer/delayed";
import { describeSchedule } from "@/lib/domain/schedules/describe-schedule";
import { type Ctx, requireScope } from "../context";
import type { SeriesRow } from "../metrics/store";
import { storeOn } from "../metrics/store-on";
import { findRun } from "../runs/get-run";
import type { RunRow } from "../runs/serialize";
import { appliedChanges } from "../schedules/effective-lr";
import { auditRun } from "./audit-run";
import { inferRun, lrKeyOf } from "./infer-run";

/** A run's audit. Without a declared schedule it proposes the one that the logged LR shows. */
export async function getAudit(ctx: Ctx, runId: string): Promise<RunAudit> {
  requireScope(ctx, "runs:read");
  const run = await findRun(ctx.db, runId);
  const key = lrKeyOf(run);
  const [lr] = key === null ? [] : await storeOn(ctx.db).findSeries(run.id, [key]);
  const changes = run.schedule === null ? [] : await appliedChanges(ctx.db, run.id);
  const report = await auditRun(ctx, { run, lr, changes });
  return { ...report, inferred: run.schedule !== null || !lr ? null : await inferredFor(ctx, run, lr) };
}

async function inferredFor(ctx: Ctx, run: RunRow, lr: SeriesRow): Promise<RunAudit["inferred"]> {
  const found = await inferRun(lr, run, ctx.signal);
  if (!found?.schedule) return null;
  const { schedule, family, offset, max_relative_error, notes, alternatives } = found;
  return {
    schedule: delayed(schedule, offset),
    family,
    offset,
    description: describeSchedule(schedule),
    max_relative_error,
    notes,
    alternatives: alternatives.map((other) => ({
      schedule: delayed(other.schedule, offset),
      description: describeSchedule(other.schedule),
      max_relative_error: other.max_relative_error,
    })),
  };
}
