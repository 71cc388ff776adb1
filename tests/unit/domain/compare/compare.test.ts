import { describe, expect, test } from "vitest";
import { ask, group, outcome } from "@/tests/support/outcomes";

const COSINE = [0.081, 0.08, 0.082, 0.0815, 0.0805];
const STEP = [0.084, 0.085, 0.0835, 0.0845, 0.086];

describe("the verdict", () => {
  test("says what is shown, with everything that bears it", () => {
    const { verdict, pairs } = ask([group("step", STEP), group("cosine", COSINE)]);
    expect(verdict).toMatchObject({ shown: true, better: "cosine", than: "step", also: null });
    expect(verdict.text).toMatch(
      /^cosine reaches a lower final val\/loss than step: 0\.081\d* against 0\.084\d*, difference −0\.003\d* \(95 % −0\.00\d+ … −0\.00\d+, 5 against 5 runs, exact p 0\.0079, smallest possible 0\.0079\)\.$/,
    );
    expect(pairs[0]).toMatchObject({
      a: "cosine",
      b: "step",
      p: 2 / 252,
      smallest_p: 2 / 252,
      uses: "unpaired",
    });
  });

  test("three runs a side can show nothing at 5 %, however far apart", () => {
    const { verdict } = ask([group("cosine", [1, 1.1, 0.9]), group("step", [100, 101, 99])]);
    expect(verdict.shown).toBe(false);
    expect(verdict.text).toContain(
      "with 3 runs a side the smallest possible p is 0.10: nothing can be shown yet",
    );
  });

  test("one run a side has neither interval nor test", () => {
    const { verdict, pairs, groups } = ask([group("cosine", [1]), group("step", [2])]);
    expect(verdict.text).toBe(
      "cosine has a lower mean final val/loss than step, 1.0 against 2.0, but there is one run a side: no interval, no test.",
    );
    expect(pairs[0]).toMatchObject({ p: null, interval: null, difference: -1, uses: null });
    expect(groups[0]).toMatchObject({ n: 1, interval: null, bootstrap: null });
  });

  test("one run against several has no interval", () => {
    const { verdict } = ask([group("cosine", [1]), group("step", [2, 2.1, 2.2, 2.3])]);
    expect(verdict.text).toContain("cosine has one run with a number: no interval");
  });

  test("overlapping groups are not told apart", () => {
    const { verdict } = ask([group("cosine", [1, 2, 3, 4, 5]), group("step", [1.5, 2.5, 3.5, 4.5, 2])]);
    expect(verdict.text).toMatch(
      /^No difference in final val\/loss between step and cosine is shown: 2\.8 against 3\.0/,
    );
  });

  test.each([
    ["no run has it", [group("a", [null]), group("b", [null])], "no run here logged val/loss"],
    ["every run diverged", [group("a", [NaN]), group("b", [NaN])], "every run that logged val/loss diverged"],
    ["there is one group", [group("a", [1, 2])], "all runs are in one group, a, 2 runs, mean 2"],
    ["one group has numbers", [group("a", [1, 2]), group("b", [NaN])], "only a has a final val/loss"],
  ])("nothing to compare when %s", (_why, groups, words) => {
    expect(ask(groups).verdict.text).toContain(words);
  });

  test("equal groups are equal", () => {
    expect(ask([group("a", [1, 1, 1]), group("b", [1, 1, 1])]).verdict.text).toBe(
      "No difference in final val/loss between a and b: both 1.0000.",
    );
  });

  test("higher is better where it is, and at best values", () => {
    const { verdict } = ask([group("a", COSINE), group("b", STEP)], {
      mode: "max",
      at: "best",
      metric: "acc",
    });
    expect(verdict.text).toMatch(/^b reaches a higher best acc than a/);
  });
});

describe("several comparisons", () => {
  const others = () => [group("x", [0.2, 0.21, 0.19, 0.22, 0.2]), group("y", [0.3, 0.31, 0.29, 0.32, 0.3])];

  test("are corrected together, and the sentence says which may be best and which are worse", () => {
    const groups = [group("cosine", COSINE), group("step", STEP), ...others()];
    const { verdict, pairs } = ask(groups);
    expect(pairs).toHaveLength(6);
    expect(pairs[0]!.p_holm).toBeCloseTo((6 * 2) / 252, 12);
    for (const { p_joint, smallest_p_joint } of pairs) {
      expect(smallest_p_joint).toBeCloseTo(10 / 9 / 20_000, 12);
      expect(p_joint).toBeLessThan(0.05);
    }
    expect(verdict).toMatchObject({ shown: true, better: "cosine", than: "step", best_set: ["cosine"] });
    expect(verdict.text).toMatch(
      /^cosine has the lowest mean final val\/loss, 0\.0810; worse than cosine: step by 0\.0036 \(0\.00\d+ … 0\.00\d+\), x by 0\.123 \(.+\) and y by 0\.223 \(.+\)\.$/,
    );
  });

  test("against one group are fewer", () => {
    const groups = [group("cosine", COSINE), group("step", STEP), ...others()];
    const { pairs, verdict, baseline } = ask(groups, { baseline: "x" });
    expect(baseline).toBe("x");
    expect(pairs.map(({ a, b }) => `${a} ${b}`)).toEqual(["cosine x", "step x", "x y"]);
    expect(verdict).toMatchObject({ shown: true, better: "cosine", than: "x" });
    expect(ask(groups, { baseline: "gone" }).notes.join()).toContain("There is no group gone");
  });

  test("of more than a dozen groups only the best are tested, and corrected for all", () => {
    const groups = Array.from({ length: 14 }, (_, i) => group(`g${i}`, [i, i + 0.1, i + 0.2]));
    const { pairs, notes } = ask(groups);
    expect(pairs).toHaveLength(66);
    expect(Math.min(...pairs.map(({ p_holm }) => p_holm!))).toBe(1);
    expect(notes.join()).toContain("best 12 of 14 groups");
  });
});

describe("seeds", () => {
  const base = [0.1, 0.4, 0.2, 0.5, 0.3, 0.6];

  test("six matched pairs are enough for a sign-flip test, which sees what the spread between seeds hides", () => {
    const better = base.map((value, i) => value - 0.01 - i / 1000);
    const { pairs, verdict } = ask([group("a", better, true), group("b", base, true)]);
    expect(pairs[0]).toMatchObject({ uses: "paired", p: 2 / 64, smallest_p: 2 / 64, not_paired: null });
    expect(pairs[0]!.unpaired!.p).toBeGreaterThan(0.5);
    expect(verdict.text).toContain("6 pairs by seed");
    expect(verdict.shown).toBe(true);
  });

  test("fewer pairs are shown beside the unpaired test, which has the finer p", () => {
    const { pairs } = ask([group("a", COSINE, true), group("b", STEP, true)]);
    expect(pairs[0]).toMatchObject({ uses: "unpaired", smallest_p: 2 / 252 });
    expect(pairs[0]!.paired).toMatchObject({ pairs: 5, smallest_p: 2 / 32, test: "sign_flip" });
  });

  test.each([
    ["the seeds of the two groups differ", group("b", [1, 2, 3, 4], true)],
    ["a run has no seed", group("b", [1, 2, 3])],
    ["a run diverged", group("b", [1, NaN, 3], true)],
    ["a run lacks the metric", group("b", [1, null, 3], true)],
    [
      "a seed occurs twice in a group",
      { ...group("b", []), outcomes: [1, 2, 3].map((value) => outcome(value, { seed: 0 })) },
    ],
  ])("are not paired when %s", (reason, b) => {
    const { pairs } = ask([group("a", [1.5, 2.5, 3.5], true), b]);
    expect(pairs[0]).toMatchObject({ paired: null, not_paired: reason });
  });
});

describe("what went wrong is counted and said", () => {
  test("a diverged run loses, and is in no mean", () => {
    const { groups, pairs, notes, verdict } = ask([
      group("a", [1, 1.1, NaN, NaN, NaN]),
      group("b", [2, 2.1, 2.2, 2.3, 2.4]),
    ]);
    expect(groups[0]).toMatchObject({ key: "a", runs: 5, n: 2, diverged: 3, mean: 1.05 });
    expect(pairs[0]).toMatchObject({ probability_of_improvement: 0.4, unpaired: { on: "ranks" } });
    expect(notes.join()).toContain("3 of 5 of a");
    expect(verdict.shown).toBe(false);
    expect(verdict.text).toContain("3 of its 5 runs diverged, and diverged runs lose");
  });

  test("runs without the metric, unfinished ones, and unequal lengths", () => {
    const short = outcome(2, { unfinished: true, last_step: 40 });
    const { notes, groups } = ask([group("a", [1, null]), { ...group("b", [2]), outcomes: [short] }]);
    expect(notes).toEqual([
      "1 run never logged val/loss and is left out.",
      "1 run is unfinished or ended early: the last value so far stands in.",
      "Runs differ in length, from step 40 to step 99: each run's own last value is compared.",
    ]);
    expect(groups[0]).toMatchObject({ runs: 2, missing: 1, n: 1 });
  });

  test("runs in two groups are left out of their pair", () => {
    const both = outcome(5);
    const [a, b] = [group("a", [1, 2, 3]), group("b", [3, 4, 5])];
    const { pairs, notes } = ask([
      { ...a, outcomes: [...a.outcomes, both] },
      { ...b, outcomes: [...b.outcomes, both] },
    ]);
    expect(pairs[0]).toMatchObject({ n_a: 3, n_b: 3 });
    expect(notes.join()).toContain("1 run is in several groups");
  });
});

test("steps to a target: a run that never gets there counts as the latest", () => {
  const at = (steps: (number | null)[]) =>
    steps.map((steps_to_target) => outcome(1, { steps_to_target, seconds_to_target: steps_to_target }));
  const target = (steps: (number | null)[]) =>
    ask([{ ...group("a", []), outcomes: at(steps) }], { target: 0.5 }).groups[0]!.target;
  expect(target([10, 30, null])).toEqual({
    reached: 2,
    of: 3,
    waiting: 0,
    steps: 30,
    seconds: 30,
    fastest: 10,
    slowest: 30,
  });
  expect(target([10, null, null])).toMatchObject({ reached: 1, of: 3, steps: null });
  expect(target([10, null])).toMatchObject({ steps: null });
  expect(target([10, 20, 30, 60])).toMatchObject({ steps: 25 });
  expect(ask([group("a", [1])]).groups[0]!.target).toBeNull();
});

test("steps to a target: an unfinished run has not got there so far, which is not never", () => {
  const reached = (steps: number) => outcome(1, { steps_to_target: steps, seconds_to_target: steps });
  const running = (last: number) => outcome(1, { unfinished: true, last_step: last, last_seconds: last });
  const target = (...outcomes: ReturnType<typeof outcome>[]) =>
    ask([{ ...group("a", []), outcomes }], { target: 0.5 }).groups[0]!.target;
  // Two that have only begun say nothing of step 30: the median is that of the others.
  expect(target(reached(10), reached(30), reached(50), running(2), running(2))).toMatchObject({
    reached: 3,
    of: 5,
    waiting: 2,
    steps: 30,
    seconds: 30,
  });
  // Two that went on to 100 without getting there do.
  expect(target(reached(10), reached(30), reached(50), running(100), running(100))).toMatchObject({
    steps: 50,
  });
  expect(target(running(5), running(7))).toMatchObject({ waiting: 2, steps: null });
});

test("a bootstrap says how often so few runs can hold the true value at best", () => {
  const ceilings = [1, 2, 3, 5, 10].map(
    (n) =>
      ask([
        group(
          "a",
          Array.from({ length: n }, (_, i) => i),
        ),
      ]).groups[0]!.bootstrap_ceiling,
  );
  expect(ceilings).toEqual([null, 0.5, 0.75, 0.9375, 1 - 2 ** -9]);
});

test("of pairs without a test none is said to be tested", () => {
  const { verdict } = ask(["a", "b", "c"].map((key, i) => group(key, [i])));
  expect(verdict.also).toBe("No pair has enough runs for a test.");
  const many = ask(Array.from({ length: 14 }, (_, i) => group(`g${i}`, [i, i + 0.1, i + 0.2, i + 0.3])));
  expect(many.verdict.also).toContain(
    "Of 66 pairs tested, 66 differ at 5 %, corrected by one joint test for all 91.",
  );
});
