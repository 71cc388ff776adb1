import "server-only";
import { FIRST_LEVEL, isKept, LEVEL_STRIDE, levelsFor } from "@/lib/domain/metrics/levels";
import { latestPerStep } from "@/lib/domain/metrics/observation";
import {
  type Bucket,
  bucketIndex,
  bucketsOf,
  groupBuckets,
  mergeAll,
  mergeBuckets,
} from "@/lib/domain/metrics/rollup";
import { partsOf } from "./parts";
import type { MetricStore, SeriesRow } from "./store";

const RATIO = 2 ** LEVEL_STRIDE;

/**
 * Adds steps beyond the last one: each level's tail bucket is merged with what is new, the rest is appended. `added`
 * holds the new steps in buckets of the first level, in step order; each level's come from those of the level below.
 */
export async function appendRollups(
  store: MetricStore,
  seriesId: number,
  before: Bucket | null,
  added: readonly Bucket[],
): Promise<void> {
  const last = added.at(-1)?.lastStep ?? 0;
  let grouped = added;
  for (const level of levelsFor(last)) {
    if (level > FIRST_LEVEL) grouped = groupBuckets(grouped, level);
    const tail = before && (await tailOf(store, seriesId, level, before, grouped[0]));
    await store.putBuckets(seriesId, level, kept(tail ? [tail, ...rest(grouped, tail, level)] : grouped));
  }
}

const kept = (buckets: readonly Bucket[]): Bucket[] => buckets.filter(isKept);

const rest = (grouped: readonly Bucket[], tail: Bucket, level: number): readonly Bucket[] =>
  grouped.slice(grouped[0] && sameBucket(grouped[0], tail, level) ? 1 : 0);

const sameBucket = (a: Bucket, b: Bucket, level: number): boolean =>
  bucketIndex(a.firstStep, level) === bucketIndex(b.firstStep, level);

/** The bucket of a level that the series ended in so far, with what comes to it; null when it stays as it is. */
async function tailOf(
  store: MetricStore,
  seriesId: number,
  level: number,
  before: Bucket,
  added: Bucket | undefined,
): Promise<Bucket | null> {
  const index = bucketIndex(before.lastStep, level);
  const grows = added !== undefined && bucketIndex(added.firstStep, level) === index;
  // The series has just outgrown this level's first bucket: the level begins, with all that came before.
  const begins = before.lastStep < 2 ** level;
  if (!begins && !grows) return null;
  const tail = begins ? before : await storedTail(store, seriesId, level, before.lastStep);
  return grows && tail ? mergeBuckets(tail, added) : tail;
}

/** As it is stored, or, of the few steps that it holds, made anew. */
async function storedTail(store: MetricStore, seriesId: number, level: number, lastStep: number) {
  const index = bucketIndex(lastStep, level);
  const [stored] = await store.buckets(seriesId, level, index, index);
  if (stored) return stored;
  const logged = latestPerStep(await store.observations(seriesId, index * 2 ** level, lastStep));
  return bucketsOf(logged, level)[0] ?? null;
}

/**
 * Makes every level right again around steps that were stored late or again, none beyond the last one, and gives the
 * series' new figures. `steps` ascend. Only buckets that hold such a step, and are kept, are gone into: the cost follows
 * the steps touched, not the series.
 */
export async function repairRollups(
  store: MetricStore,
  series: SeriesRow,
  steps: readonly number[],
): Promise<Bucket> {
  const top = levelsFor(series.lastStep).at(-1);
  const parts =
    top === undefined
      ? await loggedIn(store, series.id, 0, series.lastStep)
      : await repairedParts(store, series.id, top, 0, bucketIndex(series.lastStep, top), steps);
  const whole = mergeAll(parts);
  if (!whole) throw new Error(`series ${series.id} has no observation`);
  return whole;
}

/** Buckets `first..last` of a level, in step order, those of `steps` made anew. */
async function repairedParts(
  store: MetricStore,
  seriesId: number,
  level: number,
  first: number,
  last: number,
  steps: readonly number[],
): Promise<Bucket[]> {
  const touched = [...byBucket(steps, level)];
  const stored = new Set(
    (await store.buckets(seriesId, level, first, last)).map(({ firstStep }) => bucketIndex(firstStep, level)),
  );
  const anew: Bucket[] = [];
  for (const [index, some] of touched) {
    const bucket = stored.has(index)
      ? await repaired(store, seriesId, level, index, some)
      : await madeOfLogged(store, seriesId, level, index);
    if (bucket) anew.push(bucket);
  }
  await store.putBuckets(seriesId, level, kept(anew));
  return partsOf(store, seriesId, level, first, last);
}

/** From the buckets of the level below. */
async function repaired(
  store: MetricStore,
  seriesId: number,
  level: number,
  index: number,
  steps: readonly number[],
): Promise<Bucket | null> {
  if (level === FIRST_LEVEL) return madeOfLogged(store, seriesId, level, index);
  const [from, to] = [index * RATIO, (index + 1) * RATIO - 1];
  return mergeAll(await repairedParts(store, seriesId, level - LEVEL_STRIDE, from, to, steps));
}

/** From the steps themselves, with all levels below: it held few until now, and was not kept. */
async function madeOfLogged(
  store: MetricStore,
  seriesId: number,
  level: number,
  index: number,
): Promise<Bucket | null> {
  let parts = await loggedIn(store, seriesId, index * 2 ** level, (index + 1) * 2 ** level - 1);
  for (let below = FIRST_LEVEL; below < level; below += LEVEL_STRIDE) {
    parts = groupBuckets(parts, below);
    await store.putBuckets(seriesId, below, kept(parts));
  }
  return mergeAll(parts);
}

const loggedIn = async (store: MetricStore, seriesId: number, from: number, to: number): Promise<Bucket[]> =>
  bucketsOf(latestPerStep(await store.observations(seriesId, from, to)), FIRST_LEVEL);

/** Steps in order, by the bucket that holds them. */
function byBucket(steps: readonly number[], level: number): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const step of steps) {
    const index = bucketIndex(step, level);
    const some = found.get(index);
    if (some) some.push(step);
    else found.set(index, [step]);
  }
  return found;
}
