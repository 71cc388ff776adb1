import { type PermutationOptions, type PermutationTest, SUBSETS, summable } from "./permutation";
import { countOutside, subsetCount, subsetSums } from "./subset-sums";

/**
 * Two-sided permutation test for paired values: if the two of a pair could as well have been swapped, each difference
 * could as well have had the other sign. Exact: the share of the 2ⁿ assignments of signs whose |sum| is at least the
 * observed one (Fisher 1935, section 21), counted from the two halves of the differences. Drawn: (1 + hits) / (1 + draws).
 * Finite differences, at least one.
 */
export function signFlipTest(
  given: readonly number[],
  { random, limit = SUBSETS, draws = 9_999 }: PermutationOptions,
): PermutationTest {
  const differences = summable(given);
  const n = differences.length;
  const arrangements = 2 ** n;
  const sizes = differences.map(Math.abs);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const observed = Math.abs(differences.reduce((sum, value) => sum + value, 0)) - 1e-12 * total;
  // Turning every sign round leaves |sum| as it is.
  const smallestExact = 2 / arrangements;
  const half = n >> 1;
  if (subsetCount(n - half, n) <= limit) {
    // Of what keeps its sign the sum is s, of all 2s − total.
    const [low, high] = [(total - observed) / 2, (total + observed) / 2];
    const hits = observed <= 0 ? arrangements : countChosen(sizes, half, low, high);
    return { p: hits / arrangements, smallest_p: smallestExact, exact: true, arrangements };
  }
  let hits = 0;
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (const size of sizes) sum += random() < 0.5 ? size : -size;
    if (Math.abs(sum) >= observed) hits++;
  }
  const smallest = Math.max(smallestExact, 1 / (draws + 1));
  return { p: (hits + 1) / (draws + 1), smallest_p: smallest, exact: false, arrangements };
}

/** Choices of any of the sizes whose sum is not between `low` and `high`. */
function countChosen(sizes: readonly number[], half: number, low: number, high: number): number {
  const [left, right] = [subsetSums(sizes.slice(0, half), half), subsetSums(sizes.slice(half), sizes.length)];
  let hits = 0;
  for (const a of left) for (const b of right) hits += countOutside(a, b, low, high);
  return hits;
}
