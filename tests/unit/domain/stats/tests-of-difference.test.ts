import { describe, expect, test } from "vitest";
import { holm } from "@/lib/domain/stats/holm";
import { permutationTest } from "@/lib/domain/stats/permutation";
import { probabilityOfImprovement } from "@/lib/domain/stats/probability-of-improvement";
import { seededRandom } from "@/lib/domain/stats/random";

const A = [0.81, 0.83, 0.79];
const B = [0.85, 0.88, 0.9];
const never = () => {
  throw new Error("an exact test draws nothing");
};

// Counts: every split of itertools.combinations, means by NumPy 2.4.6. The equal-size case also equals
// scipy.stats.permutation_test (0.1).
describe("exact permutation test", () => {
  test.each([
    [A, B, 2, 20, 2],
    [[1, 2, 3, 4], [2.5, 6, 7, 8, 9], 5, 126, 1],
    [[2.5, 6, 7, 8, 9], [1, 2, 3, 4], 5, 126, 1],
    [[1, 1, 2, 2], [1, 2, 2, 3], 46, 70, 2],
    [[5], [1, 2, 3, 4], 2, 5, 1],
    [[0.1, 0.2, 0.3], [0.3, 0.2, 0.1], 20, 20, 2],
    [[1], [2], 2, 2, 2],
  ])("%j against %j: %i of %i", (a, b, hits, arrangements, fewest) => {
    expect(permutationTest(a, b, { random: never })).toEqual({
      p: hits / arrangements,
      smallest_p: fewest / arrangements,
      exact: true,
      arrangements,
    });
  });

  test("one value against very many", () => {
    const many = Array.from({ length: 9999 }, (_, i) => i);
    expect(permutationTest([1e6], many, { random: never }).p).toBe(1 / 10_000);
  });
});

describe("larger samples", () => {
  const LA = [
    -0.802, -1.324, -0.248, 0.42, 1.136, 0.11, -0.553, -0.785, 0.749, 1.635, 0.273, -1.233, -0.958, 1.6,
  ];
  const LB = [
    0.803, -1.132, 0.516, -0.563, -0.029, 0.112, -0.113, 1.153, 0.537, 0.011, 1.01, 1.43, -1.043, 0.343,
    -0.381,
  ];

  test("are counted in halves, which agrees with SciPy's two million draws (0.5960)", () => {
    const got = permutationTest(LA, LB, { random: never });
    expect(got).toMatchObject({ exact: true, arrangements: 77_558_760, smallest_p: 1 / 77_558_760 });
    // Standard error with two million draws: 0.00035.
    expect(Math.abs(got.p - 0.596)).toBeLessThan(0.0015);
  });

  test("are drawn beyond the limit, which agrees too", () => {
    const got = permutationTest(LA, LB, { random: seededRandom(3), limit: 1000 });
    expect(got).toMatchObject({ exact: false, arrangements: 77_558_760, smallest_p: 1e-5 });
    // Standard error with 99 999 draws: 0.0016.
    expect(Math.abs(got.p - 0.596)).toBeLessThan(0.008);
  });

  test("a drawn p is never 0, and agrees with the exact one", () => {
    const far = permutationTest(
      LA,
      LB.map((x) => x + 100),
      { random: seededRandom(4), limit: 1000, draws: 999 },
    );
    expect(far.p).toBe(1 / 1000);
    expect(far.smallest_p).toBe(1 / 1000);
    const drawn = permutationTest(A, B, { random: seededRandom(5), limit: 1, draws: 20_000 });
    expect(drawn).toMatchObject({ exact: false, smallest_p: 0.1 });
    expect(Math.abs(drawn.p - 0.1)).toBeLessThan(0.01);
  });
});

describe("holm", () => {
  // By hand: sorted 0.005·5, 0.01·4, 0.03·3, 0.04·2 (raised to the 0.09 before it), 0.5·1.
  test("adjusts in the order given and never decreases", () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005, 0.5]);
    [0.04, 0.09, 0.09, 0.025, 0.5].forEach((p, i) => expect(adjusted[i]).toBeRelativelyClose(p, 1e-15));
  });

  test("stops at 1; one comparison needs no adjustment", () => {
    expect(holm([0.6, 0.7])).toEqual([1, 1]);
    expect(holm([0.03])).toEqual([0.03]);
    expect(holm([])).toEqual([]);
  });
});

describe("probability of improvement", () => {
  // scipy.stats.mannwhitneyu(a, b).statistic / (n m).
  test.each([
    [[2.5, 0.1, 3.75, 1.2, 9.0, 4.4, 2.5, 7.1, 0.3], [1.1, 5.2, 2.2, 8.8, 3.3, 0.4], 0.5],
    [A, B, 0],
    [[1, 1, 2], [1, 2, 2], 1 / 3],
  ])("%j over %j: %d when large is good", (a, b, expected) => {
    expect(probabilityOfImprovement(a, b, "max")).toBeRelativelyClose(expected, 1e-15);
    expect(probabilityOfImprovement(a, b, "min")).toBeRelativelyClose(1 - expected, 1e-15);
  });

  test("nothing to compare", () => expect(probabilityOfImprovement([], [1], "max")).toBeNaN());
});
