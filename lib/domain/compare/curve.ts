import { mean } from "../stats/mean";
import { quantileSorted } from "../stats/quantile";
import { tQuantile } from "../stats/student-t";
import { variance } from "../stats/variance";
import { LEVEL } from "./summary";

/** One run's curve in the fixed buckets that all runs share. */
export interface Member {
  points: readonly MemberPoint[];
}

export interface MemberPoint {
  /** Number of the bucket. */
  bucket: number;
  /** Step of its last observation. */
  step: number;
  /** Mean of its finite values; null when it holds only others. */
  value: number | null;
}

export interface GroupPoint {
  step: number;
  /** Runs under way here that have a number. */
  n: number;
  mean: number;
  median: number;
  /** 95 % interval of the mean at this step alone, by Student's t; null for one run. */
  low: number | null;
  high: number | null;
  /** The middle half of the runs. */
  q1: number;
  q3: number;
}

/**
 * Mean and spread over the runs of a group, wherever one of them logged. A run that did not log in a bucket stands at its
 * latest value before, from its first to its last bucket; a run that diverged is absent until it is finite again.
 */
export function groupCurve(members: readonly Member[]): GroupPoint[] {
  const steps = new Map<number, number>();
  for (const { points } of members) {
    for (const { bucket, step } of points) steps.set(bucket, Math.max(steps.get(bucket) ?? 0, step));
  }
  const cursors = members.map(({ points }) => ({ points, next: 0 }));
  const reach = reachByCount();
  return [...steps]
    .sort(([a], [b]) => a - b)
    .flatMap(([bucket, step]) => {
      const values = cursors.flatMap((cursor) => valueAt(cursor, bucket) ?? []);
      return values.length === 0 ? [] : [pointOf(step, values, reach)];
    });
}

/** Moves the cursor to the bucket and gives the latest value; null before the run's first bucket and after its last. */
function valueAt(cursor: { points: readonly MemberPoint[]; next: number }, bucket: number): number | null {
  const { points } = cursor;
  while ((points[cursor.next]?.bucket ?? Infinity) <= bucket) cursor.next += 1;
  const latest = points[cursor.next - 1];
  if (!latest || (cursor.next === points.length && latest.bucket < bucket)) return null;
  return latest.value;
}

type Reach = (n: number) => number;

/** Half-width of the interval in standard deviations, t(n − 1) / √n, each n once. */
function reachByCount(): Reach {
  const known = new Map<number, number>();
  return (n) => {
    const reach = known.get(n) ?? tQuantile((1 + LEVEL) / 2, n - 1) / Math.sqrt(n);
    known.set(n, reach);
    return reach;
  };
}

function pointOf(step: number, values: readonly number[], reach: Reach): GroupPoint {
  const sorted = [...values].sort((a, b) => a - b);
  const [n, centre] = [sorted.length, mean(sorted)];
  const half = n < 2 ? null : reach(n) * Math.sqrt(variance(sorted));
  return {
    step,
    n,
    mean: centre,
    median: quantileSorted(sorted, 0.5),
    low: half === null ? null : centre - half,
    high: half === null ? null : centre + half,
    q1: quantileSorted(sorted, 0.25),
    q3: quantileSorted(sorted, 0.75),
  };
}
