import { randomIndex, type Random } from "./random";

export interface PermutationTest {
  p: number;
  /** No data of these sizes can give a smaller p: say so next to a p that is not small. */
  smallest_p: number;
  /** Every arrangement was counted; otherwise arrangements were drawn. */
  exact: boolean;
  arrangements: number;
}

interface PermutationOptions {
  random: Random;
  /** Count every arrangement up to this many; draw beyond. */
  limit?: number;
  draws?: number;
}

/**
 * Two-sided permutation test for a difference of means. Exact: the share of the C(n + m, n) ways to split the pooled
 * values whose |difference| is at least the observed one (Fisher 1935). Drawn: (1 + hits) / (1 + draws), which counts
 * the observed split itself (Phipson & Smyth 2010). Finite values, both samples non-empty.
 */
export function permutationTest(
  a: readonly number[],
  b: readonly number[],
  { random, limit = 200_000, draws = 99_999 }: PermutationOptions,
): PermutationTest {
  // The smaller sample is the one to enumerate: the recursion is as deep as it is long.
  const [small, large] = a.length <= b.length ? [a, b] : [b, a];
  const pooled = [...small, ...large];
  const arrangements = binomial(pooled.length, small.length);
  const asExtreme = extremeness(pooled, small);
  // With equal sizes each split has a mirror image with the same |difference|.
  const smallestExact = Math.min(1, (a.length === b.length ? 2 : 1) / arrangements);
  if (arrangements <= limit) {
    const hits = countSplits(pooled, small.length, asExtreme);
    return { p: hits / arrangements, smallest_p: smallestExact, exact: true, arrangements };
  }
  const hits = drawSplits(pooled, small.length, asExtreme, random, draws);
  const smallest = Math.max(smallestExact, 1 / (draws + 1));
  return { p: (hits + 1) / (draws + 1), smallest_p: smallest, exact: false, arrangements };
}

/**
 * |mean(A) − mean(B)| grows with the distance of A's sum from its expectation, so the sum is all that is needed. Splits
 * with equal differences must count as equal whatever order their sums were rounded in, hence the slack.
 */
function extremeness(pooled: readonly number[], small: readonly number[]): (sum: number) => boolean {
  const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const expected = (sumOf(pooled) * small.length) / pooled.length;
  const slack = 1e-12 * sumOf(pooled.map(Math.abs));
  const observed = Math.abs(sumOf(small) - expected) - slack;
  return (sum) => Math.abs(sum - expected) >= observed;
}

function countSplits(pooled: readonly number[], size: number, asExtreme: (sum: number) => boolean): number {
  const count = (from: number, missing: number, sum: number): number => {
    if (missing === 0) return asExtreme(sum) ? 1 : 0;
    let hits = 0;
    for (let i = from; i <= pooled.length - missing; i++)
      hits += count(i + 1, missing - 1, sum + (pooled[i] ?? 0));
    return hits;
  };
  return count(0, size, 0);
}

/** Draws `size` of the pooled values without replacement: the first steps of a Fisher–Yates shuffle. */
function drawSplits(
  pooled: readonly number[],
  size: number,
  asExtreme: (sum: number) => boolean,
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
    if (asExtreme(sum)) hits++;
  }
  return hits;
}

/** C(n, k), exact while it fits in 53 bits. */
function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return result;
}
