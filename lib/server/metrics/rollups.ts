import "server-only";
import { FIRST_LEVEL, LEVEL_STRIDE, levelsFor } from "@/lib/domain/metrics/levels";
import { latestPerStep } from "@/lib/domain/metrics/observation";
import {
  type Bucket,
  bucketIndex,
  bucketsOf,
  groupBuckets,
  mergeAll,
  mergeBuckets,
} from "@/lib/domain/metrics/rollup";
import type { MetricStore, SeriesRow } from "./store";

const RATIO = 2 ** LEVEL_STRIDE;
const WIDTH = 2 ** FIRST_LEVEL;

/**
 * Adds steps beyond the last one: each level's tail bucket is merged with what is new, the rest is appended. `added`
 * holds the new steps in buckets of the first level, in step order; each level's come from those of the level below.
 */
export async function appendRollups(
  store: MetricStore,
  seriesId: number,
  previousLast: number | null,
  added: ReadonlyMap<number, Bucket>,
): Promise<void> {
  const last = [...added.values()].at(-1)?.lastStep ?? 0;
  let grouped = added;
  for (const level of levelsFor(last)) {
    if (level > FIRST_LEVEL) grouped = groupBuckets(grouped.values(), level);
    if (previousLast !== null && previousLast < 2 ** level) {
      // The series has just outgrown this level's first bucket: the level begins, with all that came before.
      await rebuildLevel(store, seriesId, level, 0, bucketIndex(last, level));
      continue;
    }
    await store.putBuckets(seriesId, level, await withTail(store, seriesId, level, previousLast, grouped));
  }
}

/** `grouped`, its first bucket merged with the one that the series ended in so far, where they are the same. */
async function withTail(
  store: MetricStore,
  seriesId: number,
  level: number,
  previousLast: number | null,
  grouped: ReadonlyMap<number, Bucket>,
): Promise<ReadonlyMap<number, Bucket>> {
  if (previousLast === null) return grouped;
  const tail = bucketIndex(previousLast, level);
  const added = grouped.get(tail);
  const [before] = added ? await store.buckets(seriesId, level, tail, tail) : [];
  return before && added ? new Map(grouped).set(tail, mergeBuckets(before, added)) : grouped;
}

/**
 * Makes every level right again around steps that were stored late or again, and gives the series' new figures.
 * `steps` ascend. Each level is rebuilt from the one below, so the cost follows the steps touched, not the series.
 */
export async function repairRollups(
  store: MetricStore,
  series: SeriesRow,
  steps: readonly number[],
): Promise<Bucket> {
  const last = Math.max(series.lastStep, steps.at(-1) ?? 0);
  const levels = levelsFor(last);
  for (const level of levels) {
    const isNew = series.lastStep < 2 ** level;
    if (isNew) await rebuildLevel(store, series.id, level, 0, bucketIndex(last, level));
    else for (const [from, to] of ranges(steps, level)) await rebuildLevel(store, series.id, level, from, to);
  }
  return wholeSeries(store, series.id, levels.at(-1), last);
}

async function wholeSeries(store: MetricStore, seriesId: number, top: number | undefined, last: number) {
  const parts =
    top === undefined
      ? bucketsOf(latestPerStep(await store.observations(seriesId, 0, last)), FIRST_LEVEL).values()
      : await store.buckets(seriesId, top, 0, bucketIndex(last, top));
  const whole = mergeAll(parts);
  if (!whole) throw new Error(`series ${seriesId} has no observation`);
  return whole;
}

/** Buckets `from..to` of a level from the level below, or from the observations. */
async function rebuildLevel(store: MetricStore, seriesId: number, level: number, from: number, to: number) {
  const buckets =
    level === FIRST_LEVEL
      ? bucketsOf(
          latestPerStep(await store.observations(seriesId, from * WIDTH, (to + 1) * WIDTH - 1)),
          level,
        )
      : groupBuckets(
          await store.buckets(seriesId, level - LEVEL_STRIDE, from * RATIO, (to + 1) * RATIO - 1),
          level,
        );
  await store.putBuckets(seriesId, level, buckets);
}

/** The buckets that hold any of `steps`, as runs of neighbours. */
function ranges(steps: readonly number[], level: number): [number, number][] {
  const found: [number, number][] = [];
  for (const step of steps) {
    const index = bucketIndex(step, level);
    const top = found.at(-1);
    if (top && index <= top[1] + 1) top[1] = index;
    else found.push([index, index]);
  }
  return found;
}
