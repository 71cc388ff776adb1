import "server-only";
import type { Inferred } from "@/lib/domain/infer/infer-schedule";
import { findLrKey, type NamedRange } from "@/lib/domain/metrics/lr-key";
import type { SeriesRow } from "../metrics/store";
import { runTask } from "../work/run-task";

interface LoggedRun {
  lrMetric: string | null;
  series: readonly NamedRange[];
}

export const lrKeyOf = ({ lrMetric, series }: LoggedRun): string | null => lrMetric ?? findLrKey(series);

/**
 * What the logged LR shows; null when too little of it was logged.
 * @throws ServiceError unavailable when it cannot be told in time
 */
export function inferRun(
  lr: SeriesRow,
  { stepsPerEpoch }: { stepsPerEpoch: number | null },
  signal: AbortSignal,
): Promise<Inferred | null> {
  const key = () => `${lr.id} ${lr.observations} ${stepsPerEpoch}`;
  return runTask("inferLog", { lr, stepsPerEpoch }, { signal, key });
}
