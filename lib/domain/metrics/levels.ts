/**
 * Rollups are kept at every second power of two from 2^6 steps up. A chart reads the coarsest level that is not
 * coarser than its buckets, so it reads at most two rows a bucket however long the run is. Below 64 steps a bucket the
 * observations themselves are as quick.
 */
export const FIRST_LEVEL = 6;
export const LEVEL_STRIDE = 2;

/** Steps are below 2^53: one bucket so wide holds them all. */
const STEP_BITS = 53;

/** A level is kept once the series is longer than one of its buckets; before that it would say nothing. */
export function levelsFor(lastStep: number): number[] {
  const levels: number[] = [];
  for (let level = FIRST_LEVEL; level < STEP_BITS && 2 ** level <= lastStep; level += LEVEL_STRIDE) {
    levels.push(level);
  }
  return levels;
}

/**
 * Steps in a bucket that is kept. One of fewer is as quickly made of the steps themselves, so far apart as they may lie,
 * and a level holds a quarter as many buckets as the level below or as there are steps, whichever is less.
 */
const LEAST_KEPT = 2 ** LEVEL_STRIDE;

export const isKept = ({ count }: { count: number }): boolean => count >= LEAST_KEPT;

/** log2 of the width of a chart's buckets: the narrowest power of two that covers `from..to` in at most `buckets`. */
export function displayLevel(from: number, to: number, buckets: number): number {
  let level = 0;
  while (level < STEP_BITS && Math.floor(to / 2 ** level) - Math.floor(from / 2 ** level) + 1 > buckets)
    level += 1;
  return level;
}

/** The level to read for a chart's buckets; null: the observations themselves. */
export function storedLevel(display: number, lastStep: number): number | null {
  const usable = levelsFor(lastStep).filter((level) => level <= display);
  return usable.at(-1) ?? null;
}
