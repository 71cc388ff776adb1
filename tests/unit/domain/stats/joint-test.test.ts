import { describe, expect, test } from "vitest";
import { type Couple, independentDesign, pairedDesign } from "@/lib/domain/stats/joint-design";
import { jointTest } from "@/lib/domain/stats/joint-test";
import { mean } from "@/lib/domain/stats/mean";
import { seededRandom } from "@/lib/domain/stats/random";
import { variance } from "@/lib/domain/stats/variance";
import { couples } from "@/tests/support/joint-simulation";

const GROUPS = [
  [0.81, 0.83, 0.79, 0.8],
  [0.85, 0.88, 0.9],
  [0.95, 1.2, 0.7, 1.1, 1.0],
  [3.1, 3.12, 3.05],
];
const SEEDED = [
  [1.0, 2.1, 3.2, 4.0, 5.1, 6.3],
  [1.4, 2.2, 3.9, 4.3, 5.6, 6.4],
  [2.5, 3.1, 4.9, 5.5, 7.1, 7.0],
];

type Statistic = (groups: readonly (readonly number[])[], pair: Couple) => number;

/** The formula as it stands, one pair at a time. */
const independent: Statistic = (groups, [i, j]) => {
  const degrees = groups.reduce((sum, { length }) => sum + length - 1, 0);
  const pooled = groups.reduce((sum, one) => sum + variance(one) * (one.length - 1), 0) / degrees;
  const error = (one: readonly number[]) => Math.max(variance(one), pooled) / one.length;
  const [a, b] = [groups[i]!, groups[j]!];
  return Math.abs(mean(a) - mean(b)) / Math.sqrt(error(a) + error(b));
};
const ofPairs: Statistic = (groups, [i, j]) => {
  const differences = ([a, b]: Couple) => groups[a]!.map((one, s) => one - groups[b]![s]!);
  const all = couples(groups.length).map((pair) => variance(differences(pair)));
  const own = differences([i, j]);
  return Math.abs(mean(own)) / Math.sqrt(Math.max(variance(own), mean(all)) / own.length);
};

/** Step-down by its definition: for every pair in turn, anew over all the draws, the largest of it and all below. */
function slow(
  groups: readonly (readonly number[])[],
  draws: readonly (readonly (readonly number[])[])[],
  statistic: Statistic,
): number[] {
  const pairs = couples(groups.length);
  const observed = pairs.map((pair) => statistic(groups, pair));
  const single = pairs.map((_, i) => {
    const rest = pairs.filter((_pair, k) => observed[k]! <= observed[i]!);
    const hits = draws.filter(
      (drawn) => Math.max(...rest.map((pair) => statistic(drawn, pair))) >= observed[i]! - 1e-9,
    );
    return (1 + hits.length) / (1 + draws.length);
  });
  return pairs.map((_, i) => Math.max(...single.filter((_p, k) => observed[k]! >= observed[i]!)));
}

const SEED = 11;
const DRAWS = 400;

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const deck = [...list];
  for (let i = deck.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [deck[i], deck[j]] = [deck[j]!, deck[i]!];
  }
  return deck;
}

/** What residuals land where, by the same generator in the same order. */
function dealt(groups: readonly (readonly number[])[]): number[][][] {
  const random = seededRandom(SEED);
  const spread = groups.map((one) => Math.sqrt(variance(one)));
  let deck = groups.flatMap((one, g) =>
    one.map((x) => ((x - mean(one)) / spread[g]!) * Math.sqrt(one.length / (one.length - 1))),
  );
  return Array.from({ length: DRAWS }, () => {
    deck = shuffled(deck, random);
    const left = [...deck];
    return groups.map((one, g) => left.splice(0, one.length).map((x) => x * spread[g]!));
  });
}

function dealtWithin(groups: readonly (readonly number[])[]): number[][][] {
  const random = seededRandom(SEED);
  const grand = mean(groups.flat());
  const left = groups.map((one) =>
    one.map((x, s) => x - mean(one) - mean(groups.map((other) => other[s]!)) + grand),
  );
  const spread = left.map((one) => Math.sqrt(one.reduce((sum, x) => sum + x * x, 0)));
  let rows = left.map((one, g) => one.map((x) => x / spread[g]!));
  return Array.from({ length: DRAWS }, () => {
    const columns = rows[0]!.map((_, s) =>
      shuffled(
        rows.map((row) => row[s]!),
        random,
      ),
    );
    rows = rows.map((_, g) => columns.map((column) => column[g]!));
    return rows.map((row, g) => row.map((x) => x * spread[g]!));
  });
}

describe("the step-down over permuted residuals", () => {
  const options = () => ({ random: seededRandom(SEED), draws: DRAWS });

  test("agrees with its definition, written out slowly, for independent groups", () => {
    const { p, statistics } = jointTest(independentDesign(GROUPS, couples(4))!, options());
    couples(4).forEach((pair, i) => expect(statistics[i]).toBeCloseTo(independent(GROUPS, pair), 9));
    expect(p).toEqual(slow(GROUPS, dealt(GROUPS), independent));
    expect(new Set(p).size).toBeGreaterThan(2);
  });

  test("and for groups paired by seed", () => {
    const { p, statistics } = jointTest(pairedDesign(SEEDED, couples(3))!, options());
    couples(3).forEach((pair, i) => expect(statistics[i]).toBeCloseTo(ofPairs(SEEDED, pair), 9));
    expect(p).toEqual(slow(SEEDED, dealtWithin(SEEDED), ofPairs));
    expect(new Set(p).size).toBeGreaterThan(1);
  });

  test("the critical value is what the largest statistic stays below in 95 of 100 draws", () => {
    const { critical } = jointTest(independentDesign(GROUPS, couples(4))!, options());
    const largest = dealt(GROUPS).map((drawn) =>
      Math.max(...couples(4).map((pair) => independent(drawn, pair))),
    );
    expect(largest.filter((one) => one <= critical + 1e-9)).toHaveLength(Math.floor(0.95 * (DRAWS - 1)) + 1);
  });
});

describe("what no data can go below", () => {
  test("is one in all arrangements where these are few, else one in the draws", () => {
    const smallest = (groups: number[][], draws: number) =>
      jointTest(independentDesign(groups, couples(groups.length))!, { random: seededRandom(1), draws });
    // 6! / (2! 2! 2!) = 90.
    const few = smallest(
      [
        [0, 1],
        [100, 101.5],
        [200, 202],
      ],
      999,
    );
    expect(few.smallest_p).toBeCloseTo(1 / 90, 12);
    expect(Math.min(...few.p)).toBeGreaterThanOrEqual(1 / 90);
    expect(smallest(GROUPS, 99).smallest_p).toBe(1 / 100);
    // (3!)⁶ arrangements within six seeds.
    expect(pairedDesign(SEEDED, couples(3))!.arrangements).toBe(6 ** 6);
  });

  const designOf = (text: string) => {
    const groups = text.split(" | ").map((list) => list.split(" ").map(Number));
    return independentDesign(groups, couples(groups.length));
  };

  test.each([
    ["without any spread", "1 1 | 2 2 | 3 3"],
    ["when residuals are the rounding of the values", "1e9 1.00000000000012e9 | 5 5 | 3 3"],
    ["when numbers leave the doubles", "1e-300 2e-300 | 1.7e308 1.7e308"],
  ])("%s there is no test", (_why, text) => {
    expect(designOf(text)).toBeNull();
  });

  test("a spread that is no rounding, however small, is one", () => {
    expect(designOf("1 1.00000000001 | 1 1 | 1 1")).not.toBeNull();
    expect(pairedDesign([SEEDED[0]!, SEEDED[0]!.map((x) => x + 2)], couples(2))).toBeNull();
  });

  test("a group without spread of its own takes that of all", () => {
    const { p } = jointTest(
      independentDesign(
        [
          [1, 1, 1],
          [1.001, 1.001, 1.001],
          [5, 5.4, 4.8],
        ],
        couples(3),
      )!,
      {
        random: seededRandom(2),
        draws: 199,
      },
    );
    expect(p[0]).toBeGreaterThan(0.5);
    expect(p[1]).toBeLessThan(0.05);
  });
});
