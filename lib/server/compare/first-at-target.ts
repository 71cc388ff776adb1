import "server-only";
import type { Mode } from "@/lib/contracts/common";
import { levelsFor } from "@/lib/domain/metrics/levels";
import { latestPerStep, type Observation } from "@/lib/domain/metrics/observation";
import { type Bucket, bucketIndex } from "@/lib/domain/metrics/rollup";
import { partsOf } from "../metrics/parts";
import type { MetricStore, SeriesRow } from "../metrics/store";

/**
 * The first observation at or beyond `target`, exactly as if every one had been read: the extremes of the rollups say
 * which bucket it lies in, level by level, so that at most 64 steps are read raw. Null when there is none.
 */
export async function firstAtTarget(
  store: MetricStore,
  series: SeriesRow,
  target: number,
  mode: Mode,
): Promise<Observation | null> {
  const isThere = (value: number) => (mode === "min" ? value <= target : value >= target);
  const holdsIt = (bucket: Bucket) => bucket[mode] !== null && isThere(bucket[mode]);
  if (!holdsIt(series)) return null;
  let [from, to] = [0, series.lastStep];
  for (const level of levelsFor(series.lastStep).reverse()) {
    const parts = await partsOf(store, series.id, level, bucketIndex(from, level), bucketIndex(to, level));
    const found = parts.find(holdsIt);
    if (!found) return null;
    const index = bucketIndex(found.firstStep, level);
    [from, to] = [index * 2 ** level, (index + 1) * 2 ** level - 1];
  }
  const observations = latestPerStep(await store.observations(series.id, from, to));
  return observations.find(({ value }) => Number.isFinite(value) && isThere(value)) ?? null;
}
