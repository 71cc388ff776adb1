import "server-only";
import { findLrKey, type NamedRange } from "@/lib/domain/metrics/lr-key";
import { type Inferred, inferSchedule } from "@/lib/domain/infer/infer-schedule";
import type { MetricStore, SeriesRow } from "../metrics/store";
import { readLrLog } from "./read-lr-log";

interface LoggedRun {
  lrMetric: string | null;
  series: readonly NamedRange[];
}

export const lrKeyOf = ({ lrMetric, series }: LoggedRun): string | null => lrMetric ?? findLrKey(series);

/** Fewer points than this show no schedule. */
const LEAST_POINTS = 3;

/** What the logged LR shows; null when too little of it was logged. */
export async function inferRun(
  store: MetricStore,
  { stepsPerEpoch }: { stepsPerEpoch: number | null },
  lr: SeriesRow,
): Promise<Inferred | null> {
  const log = (await readLrLog(store, lr)).filter((point) => Number.isFinite(point.lr) && point.lr >= 0);
  if (log.length < LEAST_POINTS) return null;
  return inferSchedule(
    log.map(({ step }) => step),
    log.map((point) => point.lr),
    { stepsPerEpoch },
  );
}
