import "server-only";
import { auditLr, type AuditInput } from "@/lib/domain/audit/audit";
import type { AuditReport } from "@/lib/domain/audit/report";
import type { LrChange } from "@/lib/domain/control/effective";
import type { SeriesRow } from "../metrics/store";
import { declaredSchedule, storedSchedule } from "../schedules/declared-lr";
import type { TaskDb } from "../work/task";
import { readMonitored } from "../schedules/monitored";
import { readCounters, readLrLog } from "./read-lr-log";

/** All that an audit depends on, but for the values, which it reads. */
export interface AuditedLog {
  /** As the run declares it. */
  schedule: string;
  stepsPerEpoch: number | null;
  totalSteps: number | null;
  changes: readonly LrChange[];
  lr: SeriesRow;
  /** The metric that a declared rule watches. */
  monitored: SeriesRow | null;
  /** Metrics that count the run's own steps. */
  counters: readonly SeriesRow[];
}

/** Reads a run's log and holds it against its schedule. */
export async function auditLog(audited: AuditedLog, db: TaskDb): Promise<AuditReport> {
  const { schedule, stepsPerEpoch, totalSteps, changes, lr, monitored, counters } = audited;
  const store = await db.store();
  const compiled = declaredSchedule({ schedule, stepsPerEpoch, totalSteps });
  if (!compiled) throw new Error("a run without a schedule is not audited");
  const input: AuditInput = {
    log: await readLrLog(store, lr),
    declared: storedSchedule(schedule),
    compiled,
    changes,
    stepsPerEpoch,
    totalSteps,
    metric: monitored ? await readMonitored(store, monitored) : undefined,
  };
  const report = auditLr(input);
  if (report.verdict !== "drift" || counters.length === 0) return report;
  return auditLr({ ...input, counters: await readCounters(store, counters) });
}
