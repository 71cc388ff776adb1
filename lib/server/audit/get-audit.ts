import "server-only";
import type { RunAudit } from "@/lib/contracts/audit";
import { delayed } from "@/lib/domain/infer/delayed";
import { describeSchedule } from "@/lib/domain/schedules/describe-schedule";
import { type Ctx, requireScope } from "../context";
import type { MetricStore, SeriesRow } from "../metrics/store";
import { storeOn } from "../metrics/store-on";
import { findRun } from "../runs/get-run";
import type { RunRow } from "../runs/serialize";
import { declaredSchedule } from "../schedules/declared-lr";
import { appliedChanges } from "../schedules/effective-lr";
import { auditRun } from "./audit-run";
import { inferRun, lrKeyOf } from "./infer-run";

/** A run's audit. Without a declared schedule it proposes the one that the logged LR shows. */
export async function getAudit(ctx: Ctx, runId: string): Promise<RunAudit> {
  requireScope(ctx, "runs:read");
  const run = await findRun(ctx.db, runId);
  const store = storeOn(ctx.db);
  const key = lrKeyOf(run);
  const [lr] = key === null ? [] : await store.findSeries(run.id, [key]);
  const schedule = declaredSchedule(run);
  const changes = schedule ? await appliedChanges(ctx.db, run.id) : [];
  const report = await auditRun(store, { run, lr, schedule, changes });
  return { ...report, inferred: schedule || !lr ? null : await inferredFor(store, run, lr) };
}

async function inferredFor(store: MetricStore, run: RunRow, lr: SeriesRow): Promise<RunAudit["inferred"]> {
  const found = await inferRun(store, run, lr);
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
