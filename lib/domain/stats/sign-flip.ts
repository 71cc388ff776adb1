import type { PermutationTest } from "./permutation";
import type { Random } from "./random";

interface SignFlipOptions {
  random: Random;
  /** Count every assignment of signs up to this many; draw beyond. */
  limit?: number;
  draws?: number;
}

/**
 * Two-sided permutation test for paired values: if the two of a pair could as well have been swapped, each difference
 * could as well have had the other sign. Exact: the share of the 2ⁿ assignments of signs whose |sum| is at least the
 * observed one (Fisher 1935, section 21). Drawn: (1 + hits) / (1 + draws). Finite differences, at least one.
 */
export function signFlipTest(
  differences: readonly number[],
  { random, limit = 200_000, draws = 9_999 }: SignFlipOptions,
): PermutationTest {
  const n = differences.length;
  const arrangements = 2 ** n;
  const sizes = differences.map(Math.abs);
  const slack = 1e-12 * sizes.reduce((sum, size) => sum + size, 0);
  const observed = Math.abs(differences.reduce((sum, value) => sum + value, 0)) - slack;
  const isAsExtreme = (sum: number) => Math.abs(sum) >= observed;
  // Turning every sign round leaves |sum| as it is.
  const smallestExact = 2 / arrangements;
  if (arrangements <= limit) {
    const p = countFlips(sizes, isAsExtreme) / arrangements;
    return { p, smallest_p: smallestExact, exact: true, arrangements };
  }
  let hits = 0;
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (const size of sizes) sum += random() < 0.5 ? size : -size;
    if (isAsExtreme(sum)) hits++;
  }
  const smallest = Math.max(smallestExact, 1 / (draws + 1));
  return { p: (hits + 1) / (draws + 1), smallest_p: smallest, exact: false, arrangements };
}

function countFlips(sizes: readonly number[], isAsExtreme: (sum: number) => boolean): number {
  const count = (from: number, sum: number): number => {
    const size = sizes[from];
    if (size === undefined) return isAsExtreme(sum) ? 1 : 0;
    return count(from + 1, sum + size) + count(from + 1, sum - size);
  };
  return count(0, 0);
}
