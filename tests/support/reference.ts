import type { WireNumber } from "@/lib/contracts/common";
import { toWire } from "@/lib/contracts/wire-number";
import type { SeriesPoint } from "@/lib/contracts/metrics";

/** What was logged, as the test knows it; of several at a step the latest by time counts. */
export interface Logged {
  step: number;
  time: number;
  value: number;
}

/** The latest value of each step, in step order: the series that every figure is a function of. */
export function inForce(logged: readonly Logged[]): Logged[] {
  const latest = new Map<number, Logged>();
  for (const row of [...logged].sort((a, b) => a.time - b.time)) latest.set(row.step, row);
  return [...latest.values()].sort((a, b) => a.step - b.step);
}

/** The narrowest power of two that covers the window in at most `buckets` buckets. */
export function referenceLevel(from: number, to: number, buckets: number): number {
  for (let level = 0; ; level += 1) {
    const width = 2 ** level;
    if (Math.floor(to / width) - Math.floor(from / width) < buckets) return level;
  }
}

/** A chart's points straight from the observations: group by bucket, then take figures. The obvious way, and slow. */
export function referencePoints(
  logged: readonly Logged[],
  { from, to, buckets }: { from: number; to: number; buckets: number },
): SeriesPoint[] {
  const width = 2 ** referenceLevel(from, to, buckets);
  const byBucket = new Map<number, Logged[]>();
  for (const row of inForce(logged)) {
    if (row.step < from || row.step > to) continue;
    const index = Math.floor(row.step / width);
    byBucket.set(index, [...(byBucket.get(index) ?? []), row]);
  }
  return [...byBucket.values()].map(pointOf);
}

const KINDS: readonly WireNumber[] = ["NaN", "Infinity", "-Infinity"];

function pointOf(rows: readonly Logged[]): SeriesPoint {
  const values = rows.map(({ value }) => value);
  const finite = values.filter(Number.isFinite);
  const kinds = KINDS.filter((kind) => values.some((value) => toWire(value) === kind));
  const last = rows.at(-1)!;
  return {
    x: last.step,
    step: last.step,
    last: toWire(last.value),
    min: finite.length > 0 ? Math.min(...finite) : null,
    max: finite.length > 0 ? Math.max(...finite) : null,
    mean: finite.length > 0 ? finite.reduce((sum, value) => sum + value, 0) / finite.length : null,
    count: rows.length,
    ...(kinds.length > 0 ? { nonfinite: kinds as SeriesPoint["nonfinite"] } : {}),
  };
}

/** Means are sums of doubles: their last bits depend on the order of addition, all else is exact. */
export const withoutMeans = (points: readonly SeriesPoint[]) =>
  points.map((point) => ({ ...point, mean: null }));
