import "server-only";
import { latestPerStep } from "@/lib/domain/metrics/observation";
import { type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import type { MetricStore, SeriesRow } from "../metrics/store";

/** The metric that a declared rule watches; null: it names none, or the run has not logged it. */
export async function monitoredRow(
  store: MetricStore,
  runId: string,
  declared: DeclaredSchedule,
): Promise<SeriesRow | null> {
  const own = isNative(declared) && declared.kind === "reduce_on_plateau" ? declared.monitor : undefined;
  const monitor = isNative(declared) ? own : declared.monitor;
  return monitor === undefined ? null : ((await store.findSeries(runId, [monitor]))[0] ?? null);
}

/** Every value: a rule on thinned values would decide otherwise. The latest where a step was logged several times. */
export async function readMonitored(store: MetricStore, row: SeriesRow) {
  return latestPerStep(await store.observations(row.id, 0, row.lastStep));
}
