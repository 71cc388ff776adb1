import { headroom } from "./headroom";
import { randomIndex, type Random } from "./random";
import { countOutside, subsetCount, subsetSums } from "./subset-sums";

export interface PermutationTest {
  p: number;
  /** No data of these sizes can give a smaller p: say so next to a p that is not small. */
  smallest_p: number;
  /** Every arrangement was counted; otherwise arrangements were drawn. */
  exact: boolean;
  arrangements: number;
}

export interface PermutationOptions {
  random: Random;
  /** Count every arrangement while a half of the values has at most so many subsets; draw beyond. */
  limit?: number;
  draws?: number;
}

/** Half of 32 values: some milliseconds. */
export const SUBSETS = 65_536;

/**
 * Two-sided permutation test for a difference of means. Exact: the share of the C(n + m, n) ways to split the pooled
 * values whose |difference| is at least the observed one (Fisher 1935), counted from the two halves of the pool without
 * visiting each. Drawn: (1 + hits) / (1 + draws), which counts the observed split itself (Phipson & Smyth 2010). Finite
 * values, both samples non-empty.
 */
export function permutationTest(
  a: readonly number[],
  b: readonly number[],
  { random, limit = SUBSETS, draws = 99_999 }: PermutationOptions,
): PermutationTest {
  // The smaller sample is the one to choose: it has fewer subsets.
  const [first, second] = a.length <= b.length ? [a, b] : [b, a];
  const pooled = summable([...first, ...second]);
  const small = pooled.slice(0, first.length);
  const arrangements = binomial(pooled.length, small.length);
  const bounds = boundsOf(pooled, small);
  // With equal sizes each split has a mirror image with the same |difference|.
  const smallestExact = Math.min(1, (a.length === b.length ? 2 : 1) / arrangements);
  const half = pooled.length >> 1;
  if (subsetCount(pooled.length - half, small.length) <= limit && Number.isSafeInteger(arrangements)) {
    const p = countSplits(pooled, small.length, bounds) / arrangements;
    return { p, smallest_p: smallestExact, exact: true, arrangements };
  }
  const hits = drawSplits(pooled, small.length, bounds, random, draws);
  const smallest = Math.max(smallestExact, 1 / (draws + 1));
  return { p: (hits + 1) / (draws + 1), smallest_p: smallest, exact: false, arrangements };
}

/** A sum beyond the largest double would be as extreme as nothing; p does not depend on the scale. */
export function summable(values: readonly number[]): readonly number[] {
  const scale = headroom(values);
  return scale === 1 ? values : values.map((value) => value * scale);
}

/** A split is as extreme as the observed one when its smaller sample's sum is not between the two. */
interface Bounds {
  low: number;
  high: number;
}

/**
 * |mean(A) − mean(B)| grows with the distance of A's sum from its expectation, so the sum is all that is needed. Splits
 * with equal differences must count as equal whatever order their sums were rounded in, hence the slack.
 */
function boundsOf(pooled: readonly number[], small: readonly number[]): Bounds {
  const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const expected = (sumOf(pooled) * small.length) / pooled.length;
  const slack = 1e-12 * sumOf(pooled.map(Math.abs));
  const observed = Math.max(0, Math.abs(sumOf(small) - expected) - slack);
  return { low: expected - observed, high: expected + observed };
}

function countSplits(pooled: readonly number[], size: number, { low, high }: Bounds): number {
  if (low === high) return binomial(pooled.length, size);
  const half = pooled.length >> 1;
  const [left, right] = [subsetSums(pooled.slice(0, half), size), subsetSums(pooled.slice(half), size)];
  return left.reduce((hits, sums, k) => hits + countOutside(sums, right[size - k] ?? NONE, low, high), 0);
}

const NONE = new Float64Array(0);

/** Draws `size` of the pooled values without replacement: the first steps of a Fisher–Yates shuffle. */
function drawSplits(
  pooled: readonly number[],
  size: number,
  { low, high }: Bounds,
  random: Random,
  draws: number,
): number {
  const deck = [...pooled];
  let hits = 0;
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const j = i + randomIndex(random, deck.length - i);
      const picked = deck[j] ?? 0;
      deck[j] = deck[i] ?? 0;
      deck[i] = picked;
      sum += picked;
    }
    if (sum <= low || sum >= high) hits++;
  }
  return hits;
}

/** C(n, k), exact while it fits in 53 bits. */
function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return result;
}
