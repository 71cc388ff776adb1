import "server-only";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import type { MetricStore } from "./store";

/** The usual names; a run that logs its LR under another one says so with `lr_metric`. */
const LR_CANDIDATES = [
  "lr",
  "learning_rate",
  "learning-rate",
  "train/lr",
  "train/learning_rate",
  "lr/group0",
  "lr/0",
];

/** The LR that the run logged last, or null when it logs none that we recognise. */
export async function currentLr(
  store: MetricStore,
  run: { id: string; lrMetric: string | null },
): Promise<number | null> {
  const rows = await store.findSeries(run.id, run.lrMetric ? [run.lrMetric] : LR_CANDIDATES);
  const key = run.lrMetric ?? findLrKey(rows.map((row) => row.key));
  const last = rows.find((row) => row.key === key)?.last;
  return last !== undefined && Number.isFinite(last) ? last : null;
}
