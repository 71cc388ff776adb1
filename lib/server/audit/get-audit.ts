import "server-only";
import type { RunAudit } from "@/lib/contracts/audit";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import { inferSchedule } from "@/lib/domain/infer/infer-schedule";
import { describeSchedule } from "@/lib/domain/schedules/describe-schedule";
import { type Ctx, requireScope } from "../context";
import type { MetricStore, SeriesRow } from "../metrics/store";
import { storeOn } from "../metrics/store-on";
import { findRun } from "../runs/get-run";
import type { RunRow } from "../runs/serialize";
import { declaredSchedule } from "../schedules/declared-lr";
import { appliedChanges } from "../schedules/effective-lr";
import { auditRun } from "./audit-run";
import { readLrLog } from "./read-lr-log";

/** A run's audit. Without a declared schedule it proposes the one that the logged LR shows. */
export async function getAudit(ctx: Ctx, runId: string): Promise<RunAudit> {
  requireScope(ctx, "runs:read");
  const run = await findRun(ctx.db, runId);
  const store = storeOn(ctx.db);
  const key = run.lrMetric ?? findLrKey(run.series.map((series) => series.key));
  const [lr] = key === null ? [] : await store.findSeries(run.id, [key]);
  const schedule = declaredSchedule(run);
  const changes = schedule ? await appliedChanges(ctx.db, run.id) : [];
  const report = await auditRun(store, { run, lr, schedule, changes });
  return { ...report, inferred: schedule || !lr ? null : await inferredFor(store, run, lr) };
}

/** Fewer points than this show no schedule. */
const LEAST_POINTS = 3;

async function inferredFor(store: MetricStore, run: RunRow, lr: SeriesRow): Promise<RunAudit["inferred"]> {
  const log = (await readLrLog(store, lr)).filter((point) => Number.isFinite(point.lr) && point.lr >= 0);
  if (log.length < LEAST_POINTS) return null;
  const { schedule, family, max_relative_error } = inferSchedule(
    log.map(({ step }) => step),
    log.map((point) => point.lr),
    { stepsPerEpoch: run.stepsPerEpoch },
  );
  return schedule && { schedule, family, description: describeSchedule(schedule), max_relative_error };
}
