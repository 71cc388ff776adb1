import "server-only";
import { JsonObject } from "@/lib/contracts/common";
import { isNamedX, metricOfX, type XAxis } from "@/lib/contracts/words";
import { findBatchSize } from "@/lib/domain/metrics/batch-size";
import { findLrKey, type NamedRange } from "@/lib/domain/metrics/lr-key";
import { parseStored } from "../stored-json";
import { lrSumAxis } from "./lr-sum";
import { metricAxis } from "./metric-axis";
import { readSeries, type Window, type XOf, xOf } from "./read-series";
import type { MetricStore } from "./store";

interface AxisRun {
  id: string;
  startedAt: Date;
  lrMetric: string | null;
  config: string;
  series: readonly NamedRange[];
}

/** For a run without the coordinate: its points are there, and have no x. */
export const NOWHERE: XOf = () => null;

/** How a run's points get their x; null when it has no such coordinate: no LR, no batch size, not that metric. */
export async function axisOf(
  store: MetricStore,
  run: AxisRun,
  axis: XAxis,
  window: Window,
): Promise<XOf | null> {
  if (!isNamedX(axis)) return byMetric(store, run.id, metricOfX(axis), window);
  switch (axis) {
    case "lr_sum":
      return byLrSum(store, run);
    case "samples":
      return bySamples(run);
    default:
      return xOf(axis, run.startedAt);
  }
}

async function byMetric(store: MetricStore, runId: string, key: string | null, window: Window) {
  const [series] = key === null ? [] : await store.findSeries(runId, [key]);
  return series ? metricAxis(store, series, window) : null;
}

const LR_SUM_BUCKETS = 4000;

async function byLrSum(store: MetricStore, run: AxisRun): Promise<XOf | null> {
  const key = run.lrMetric ?? findLrKey(run.series);
  const [lr] = key === null ? [] : await store.findSeries(run.id, [key]);
  if (!lr) return null;
  const { buckets } = await readSeries(store, lr, { from: 0, to: lr.lastStep, buckets: LR_SUM_BUCKETS });
  return lrSumAxis(buckets);
}

function bySamples({ config }: AxisRun): XOf | null {
  const size = findBatchSize(parseStored(JsonObject, config));
  return size === null ? null : ({ lastStep }) => lastStep * size;
}
