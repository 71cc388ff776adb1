import "server-only";
import { auditLr, type AuditInput } from "@/lib/domain/audit/audit";
import type { AuditReport } from "@/lib/domain/audit/report";
import type { LrChange } from "@/lib/domain/control/effective";
import { type CompiledSchedule, type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import type { MetricStore, SeriesRow } from "../metrics/store";
import type { RunRow } from "../runs/serialize";
import { storedSchedule } from "../schedules/declared-lr";
import { findingsCache } from "./findings-cache";
import { counterKeys, readCounters, readLrLog, readMonitored } from "./read-lr-log";

export interface Audited {
  run: RunRow;
  /** The metric that holds the LR; undefined: none was logged. */
  lr: SeriesRow | undefined;
  schedule: CompiledSchedule | null;
  changes: readonly LrChange[];
}

/** The findings of a whole run. A live run is asked several times a second, so they are kept until something changes. */
export async function auditRun(
  store: MetricStore,
  { run, lr, schedule, changes }: Audited,
): Promise<AuditReport> {
  if (!schedule || run.schedule === null) return nothing("no_schedule");
  if (!lr) return nothing("no_lr");
  const declared = storedSchedule(run.schedule);
  const monitored = await monitoredRow(store, run.id, declared);
  const counting = counterKeys(run.series.map(({ key }) => key));
  const counters = counting.length > 0 ? await store.findSeries(run.id, counting) : [];
  const stamp = [
    run.schedule,
    run.stepsPerEpoch,
    run.totalSteps,
    JSON.stringify(changes),
    lr.id,
    lr.observations,
    lr.lastStep,
    monitored?.observations,
    ...counters.map(({ observations }) => observations),
  ].join("\n");
  return findingsCache.get(run.id, stamp, async () => {
    const input: AuditInput = {
      log: await readLrLog(store, lr),
      declared,
      compiled: schedule,
      changes,
      stepsPerEpoch: run.stepsPerEpoch,
      totalSteps: run.totalSteps,
      metric: monitored && (await readMonitored(store, monitored)),
    };
    const report = auditLr(input);
    if (report.verdict !== "drift" || counters.length === 0) return report;
    return auditLr({ ...input, counters: await readCounters(store, counters) });
  });
}

async function monitoredRow(
  store: MetricStore,
  runId: string,
  declared: DeclaredSchedule,
): Promise<SeriesRow | undefined> {
  const own = isNative(declared) && declared.kind === "reduce_on_plateau" ? declared.monitor : undefined;
  const monitor = isNative(declared) ? own : declared.monitor;
  return monitor === undefined ? undefined : (await store.findSeries(runId, [monitor]))[0];
}

const nothing = (verdict: "no_schedule" | "no_lr"): AuditReport => ({
  verdict,
  findings: [],
  offset: null,
  max_relative_error: null,
});
