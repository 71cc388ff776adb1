import "server-only";
import { type Bucket, meanOf } from "@/lib/domain/metrics/rollup";
import type { XOf } from "./read-series";

/**
 * The x axis of cumulative LR: the sum of the LR over all steps up to a bucket's last one, which is how far the optimizer
 * has been allowed to go. Between buckets the LR counts as the last one known, so that sparse logging is not taken for
 * a small LR. `lr` are buckets of the LR metric from step 0 on.
 */
export function lrSumAxis(lr: readonly Bucket[]): XOf {
  const ends: number[] = [];
  const sums: number[] = [];
  let sum = 0;
  let previous = -1;
  for (const bucket of lr) {
    sum += (meanOf(bucket) ?? 0) * (bucket.lastStep - previous);
    previous = bucket.lastStep;
    ends.push(bucket.lastStep);
    sums.push(sum);
  }
  return ({ lastStep }) => {
    const x = interpolate(ends, sums, lastStep);
    return x !== null && Number.isFinite(x) ? x : null;
  };
}

function interpolate(ends: readonly number[], sums: readonly number[], step: number): number | null {
  const next = lowerBound(ends, step);
  const end = ends[next];
  const sum = sums[next];
  if (end === undefined || sum === undefined) return sums.at(-1) ?? null;
  const before = ends[next - 1] ?? -1;
  const start = sums[next - 1] ?? 0;
  return start + ((sum - start) * (step - before)) / (end - before);
}

/** The first index whose value is not below `wanted`. */
function lowerBound(ascending: readonly number[], wanted: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Infinity) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
