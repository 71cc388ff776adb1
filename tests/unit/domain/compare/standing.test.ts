import { describe, expect, test } from "vitest";
import { MOST_JOINT_GROUPS } from "@/lib/domain/compare/joint";
import type { Group } from "@/lib/domain/compare/summary";
import { seededRandom } from "@/lib/domain/stats/random";
import { ask, group, outcome } from "@/tests/support/outcomes";
import { sample, SHAPES } from "@/tests/support/simulate";

const NAMES = ["one-cycle", "wsd", "constant", "plateau", "step", "cosine", "poly", "linear", "exp"];
const MEANS = [0.075, 0.076, 0.077, 0.078, 0.086, 0.088, 0.09, 0.1, 0.113];

/** Nine schedules, the best and the worst far outside one another's intervals. */
function nine(n: number, seeded = false): Group[] {
  const random = seededRandom(9);
  return NAMES.map((name, i) =>
    group(
      name,
      sample(n, SHAPES.normal, random).map((x) => (MEANS[i] ?? 0) + x * 0.008),
      seeded,
    ),
  );
}

describe("nine schedules of five seeds", () => {
  const { verdict, pairs, groups } = ask(nine(5));

  test("Holm's correction of exact tests can show nothing, the joint test tells best from worst", () => {
    expect(Math.min(...pairs.map(({ p_holm }) => p_holm ?? 1))).toBeGreaterThan(0.05);
    expect(verdict.shown).toBe(true);
    expect(verdict.worse.map(({ key }) => key)).toContain("exp");
    const [worst] = verdict.worse.filter(({ key }) => key === "exp");
    const pair = pairs.find(({ a, b }) => a === worst?.than && b === "exp");
    expect(worst?.than).toBe(groups[0]?.key);
    expect(worst?.difference).toBeCloseTo(-(pair?.difference ?? 0), 12);
    expect(worst?.interval?.low).toBeCloseTo(-(pair?.interval?.high ?? 0), 12);
    expect(pair?.p_joint).toBeLessThan(0.001);
  });

  test("every group is either in the set of the best or worse, in the order that is drawn", () => {
    const { best_set, worse, doubtful } = verdict;
    expect([...best_set, ...worse.map(({ key }) => key)].sort()).toEqual([...NAMES].sort());
    expect(best_set.slice(best_set.length - doubtful.length)).toEqual(doubtful);
    const meanOf = (key: string) => groups.find((one) => one.key === key)?.mean ?? 0;
    const near = best_set.filter((key) => !doubtful.includes(key)).map(meanOf);
    expect(near).toEqual([...near].sort((a, b) => a - b));
  });

  test("the sentence names the near, the doubtful and the worse", () => {
    expect(verdict.text).toMatch(
      /^.+ and .+ cannot be told apart by final val\/loss, means 0\.0\d+ to 0\.0\d+; (.+ not shown to be worse; )?(worse than .+: .+ by 0\.0\d+ \(0\.0\d+ … 0\.0\d+\)|.+ are worse than .+, by 0\.0\d+ to 0\.0\d+|exp is worse than .+, by 0\.0\d+ \(.+\))\.$/,
    );
    expect(verdict.also).toMatch(
      /^Of 36 pairs tested, \d+ differ at 5 %, corrected by one joint test\. If means/,
    );
  });
});

test("doubtful are those whose own interval leaves out 0 where the correction does not let it count", () => {
  const { verdict, pairs } = ask(nine(5));
  const best = verdict.best_set[0];
  for (const key of verdict.best_set.slice(1)) {
    const { interval } = pairs.find(({ a, b }) => a === best && b === key)!;
    expect(verdict.doubtful.includes(key)).toBe(interval!.high < 0 || interval!.low > 0);
  }
});

test("a group without an interval is doubtful, not told apart by nothing", () => {
  const { verdict } = ask([group("a", [1, 1.1, 1.2]), group("b", [1.15, 1.3, 1.1]), group("lone", [9])]);
  expect(verdict.best_set).toEqual(["a", "b", "lone"]);
  expect(verdict.doubtful).toEqual(["lone"]);
  expect(verdict.text).toContain("lone is not shown to be worse");
});

describe("two groups", () => {
  const [a, b] = [group("a", [1, 1.1, 1.2, 1.3, 1.15]), group("b", [1.35, 1.4, 1.5, 1.6, 1.45])];

  test("keep the exact test: the corrected p is its own", () => {
    const { pairs, verdict } = ask([a, b]);
    expect(pairs[0]).toMatchObject({ p_joint: 2 / 252, smallest_p_joint: 2 / 252, p_holm: 2 / 252 });
    expect(verdict).toMatchObject({ best_set: ["a"], worse: [{ key: "b", than: "a" }], more_seeds: [] });
  });

  test("of three runs a side need a fourth, however far apart", () => {
    const { verdict } = ask([group("a", [1, 1.01, 1.02]), group("b", [9, 9.01, 9.02])]);
    expect(verdict.more_seeds).toEqual([{ key: "b", seeds: 1 }]);
    expect(verdict.also).toContain("about 1 more run a group would tell b from the best");
  });
});

describe("how many more seeds", () => {
  test("grow as the square of the spread over the difference, and end at a hundred", () => {
    const apart = (difference: number) =>
      ask([
        group("a", [1, 2, 3, 4, 5]),
        group(
          "b",
          [1, 2, 3, 4, 5].map((x) => x + difference),
        ),
      ]).verdict.more_seeds[0]?.seeds;
    const [near = 0, far = 0] = [apart(1) ?? 0, apart(2) ?? 0];
    expect((near + 5) / (far + 5)).toBeCloseTo(4, 0);
    expect(apart(0.2)).toBeNull();
    expect(apart(0)).toBeNull();
  });

  test("are told up to a hundred and no further", () => {
    const five = [1, 2, 3, 4, 5];
    const seeds = Array.from({ length: 60 }, (_, i) => 0.5 + i / 200).map(
      (gap) =>
        ask([
          group("a", five),
          group(
            "b",
            five.map((x) => x + gap),
          ),
        ]).verdict.more_seeds[0]?.seeds ?? null,
    );
    const told = seeds.filter((one) => one !== null);
    expect(Math.max(...told)).toBeGreaterThan(96);
    expect(Math.max(...told)).toBeLessThanOrEqual(100);
    expect(told.length).toBeLessThan(seeds.length);
  });

  test("are enough in four of five comparisons with so many runs", () => {
    const gap = 1.1;
    const draw = (n: number, random: () => number) => [
      group("a", sample(n, SHAPES.normal, random)),
      group(
        "b",
        sample(n, SHAPES.normal, random).map((x) => x + gap),
      ),
    ];
    // Means and spreads exactly as they are in truth.
    const [unit] = [[-1, -0.5, 0, 0.5, 1].map((x) => x / Math.sqrt(0.625))];
    const [more] = ask([
      group("a", unit!),
      group(
        "b",
        unit!.map((x) => x + gap),
      ),
    ]).verdict.more_seeds;
    const random = seededRandom(3);
    const shown = Array.from({ length: 60 }, () => ask(draw(5 + (more?.seeds ?? 0), random)).verdict.shown);
    const share = shown.filter(Boolean).length / shown.length;
    expect(share).toBeGreaterThan(0.65);
    expect(share).toBeLessThan(0.95);
  });
});

describe("against a baseline", () => {
  test("the sentence says what is better, what is not told apart, and what is worse", () => {
    const { verdict, pairs } = ask(nine(10), { baseline: "poly" });
    expect(pairs).toHaveLength(8);
    expect(verdict.text).toMatch(
      /^By final val\/loss, .+ are better than poly, by 0\.0\d+ to 0\.0\d+; .+ cannot be told apart from poly; worse than poly: linear by 0\.0\d+ \(.+\) and exp by 0\.0\d+ \(.+\)\.$/,
    );
    expect(verdict.worse.map(({ key }) => key)).toContain("poly");
    expect(verdict.best_set).not.toContain("poly");
    for (const { key } of verdict.more_seeds) expect(key).not.toBe("poly");
  });
});

describe("paired by seed", () => {
  /** What a seed does to all groups is ten times what tells them apart. */
  const paired = (n: number) => {
    const random = seededRandom(4);
    const common = sample(n, SHAPES.normal, random);
    return ["a", "b", "c"].map((key, i) =>
      group(
        key,
        sample(n, SHAPES.normal, random).map((x, s) => common[s]! * 10 + x / 4 + i),
        true,
      ),
    );
  };

  test("where all seeds match, six or more, what seeds do to all groups does not hide a difference", () => {
    const { pairs, verdict } = ask(paired(6));
    expect(pairs.every(({ uses }) => uses === "paired")).toBe(true);
    expect(verdict.worse.map(({ key }) => key)).toEqual(["b", "c"]);
    expect(ask(paired(5)).verdict.worse).toEqual([]);
  });
});

describe("where there is no joint test Holm's correction counts", () => {
  const shared = outcome(1);
  test.each<[string, Group[]]>([
    [
      "a run is in several groups",
      ["a", "b", "c"].map((key, i) => {
        const one = group(key, [i, i + 0.1, i + 0.2]);
        return i < 2 ? { ...one, outcomes: [...one.outcomes, shared] } : one;
      }),
    ],
    ["no group has any spread", [1, 2, 3].map((x) => group(`g${x}`, [x, x, x]))],
    [
      "there are too many groups",
      Array.from({ length: MOST_JOINT_GROUPS + 1 }, (_, i) => group(`g${i}`, [i, i + 0.1])),
    ],
  ])("%s", (_why, groups) => {
    const { pairs, verdict } = ask(groups);
    expect(pairs.every(({ p_joint }) => p_joint === null)).toBe(true);
    expect(pairs.some(({ p_holm }) => p_holm !== null)).toBe(true);
    expect(verdict.also).toContain("after Holm's correction");
    expect(verdict.more_seeds).toEqual([]);
  });

  test("one group fewer than too many has it", () => {
    const groups = Array.from({ length: MOST_JOINT_GROUPS }, (_, i) => group(`g${i}`, [i, i + 0.1]));
    const [pair] = ask(groups, { baseline: "g0" }).pairs;
    expect(MOST_JOINT_GROUPS).toBe(100);
    expect(pair?.p_joint).not.toBeNull();
  });
});

test("the draws get fewer as runs and pairs get more, and the smallest p says so", () => {
  const smallest = (groups: number, n: number) =>
    ask(
      Array.from({ length: groups }, (_, i) =>
        group(
          `g${i}`,
          Array.from({ length: n }, (_v, s) => i + s / 7),
        ),
      ),
    ).pairs[0]?.smallest_p_joint;
  expect(smallest(12, 10)).toBeCloseTo(10 / 9 / 20_000, 12);
  // 6 000 000 / (120 runs + 780 pairs) draws.
  expect(smallest(40, 3)).toBeCloseTo(10 / 9 / 6667, 12);
  expect(smallest(100, 2)).toBeCloseTo(10 / 9 / 1166, 12);
});

test("a pair's joint p is never below that of its own interval", () => {
  const { pairs } = ask([group("a", [1, 1.3, 0.8]), group("b", [2, 2.9, 1.7]), group("c", [4, 4.1, 3.9])]);
  for (const { p_joint, interval } of pairs)
    if (interval!.low <= 0 && interval!.high >= 0) expect(p_joint).toBeGreaterThanOrEqual(0.05);
});

test("ranks stand in where a run diverged", () => {
  const { pairs, verdict } = ask([
    group("a", [1, 1.1, 1.2, 1.3, 1.25]),
    group("b", [5, 5.1, 5.2, 5.3, 5.4]),
    group("c", [9, 9.1, 9.2, 9.15, NaN]),
  ]);
  expect(pairs.every(({ p_joint }) => p_joint !== null && p_joint < 0.05)).toBe(true);
  expect(verdict.worse.map(({ key }) => key)).toEqual(["b", "c"]);
});

test("up to three that are worse are named each with its interval, more with their span", () => {
  const at = (key: string, mean: number) =>
    group(
      key,
      [-0.02, -0.01, 0, 0.01, 0.02].map((x) => mean + x),
    );
  const all = [at("a", 1), at("b", 2), at("c", 3), at("d", 4), at("e", 5)];
  expect(ask(all.slice(0, 4)).verdict.text).toMatch(
    /; worse than a: b by 1\.000 \(.+\), c by 2\.000 \(.+\) and d by 3\.000 \(.+\)\.$/,
  );
  expect(ask(all).verdict.text).toMatch(/; b, c, d and e are worse than a, by 1\.0 to 4\.0\.$/);
});

test("six that are not told apart are named, further ones counted", () => {
  const alike = (count: number) =>
    ask(
      Array.from({ length: count }, (_, i) =>
        group(
          `g${i}`,
          [1, 2, 3, 4].map((x) => x + i / 1000),
        ),
      ),
    ).verdict.text;
  expect(alike(8)).toContain("g0, g1, g2, g3, g4, g5 and 2 others cannot be told apart");
  expect(alike(7)).toContain("g0, g1, g2, g3, g4, g5 and g6 cannot be told apart");
});
