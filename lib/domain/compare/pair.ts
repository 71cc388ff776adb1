import { holm } from "../stats/holm";
import { mean } from "../stats/mean";
import { midRanks } from "../stats/mid-ranks";
import { type PermutationTest, permutationTest } from "../stats/permutation";
import { probabilityOfImprovement } from "../stats/probability-of-improvement";
import { seededRandom } from "../stats/random";
import { signFlipTest } from "../stats/sign-flip";
import { differenceInterval, meanInterval } from "../stats/t-interval";
import type { Mode } from "./mode";
import { measured, type Outcome, withDiverged } from "./outcome";
import { matchSeeds } from "./seeds";
import { type Group, LEVEL, SEED } from "./summary";

/** One way to look at a pair: two independent samples, or differences within pairs. */
export interface Inference {
  difference: number | null;
  interval: { low: number; high: number } | null;
  p: number;
  /** The smallest p that data of these sizes can give. */
  smallest_p: number;
  exact: boolean;
  /** Two of equal standing in the null hypothesis: runs, or the signs of differences. */
  test: "permutation" | "sign_flip";
  /** Ranks when a run diverged: there is no number for it, but it is the worst. */
  on: "values" | "ranks";
}

export interface Pair {
  a: string;
  b: string;
  n_a: number;
  n_b: number;
  /** mean(a) − mean(b), and what follows from it: those of the inference in use. */
  difference: number | null;
  interval: { low: number; high: number } | null;
  /** Chance that a run of `a` beats a run of `b`, ties half; diverged runs lose. */
  probability_of_improvement: number | null;
  p: number | null;
  smallest_p: number | null;
  /** Corrected over all pairs that have a p: Holm 1979. */
  p_holm: number | null;
  /** Corrected over all pairs by one joint test (`joint.ts`); null where there is none, and `p_holm` counts. */
  p_joint: number | null;
  smallest_p_joint: number | null;
  /** Which of the two below `difference`, `interval` and `p` are from; null when there is no test. */
  uses: "unpaired" | "paired" | null;
  unpaired: Inference | null;
  paired: (Inference & { pairs: number }) | null;
  /** Why the seeds were not paired; null when they were. */
  not_paired: string | null;
}

/** With fewer pairs a sign-flip test cannot give a p of 0.05: 2 / 2⁵ = 0.0625. */
const LEAST_PAIRS = 6;
const DRAWS = 9_999;

/**
 * Every two groups, or each against the baseline, corrected together, and for `untested` pairs that might have been
 * chosen instead. A run that is in both (by tag) says nothing of their difference and is left out.
 */
export function comparePairs(
  groups: readonly Group[],
  mode: Mode,
  { untested = 0, baseline = null }: { untested?: number; baseline?: string | null } = {},
): Pair[] {
  const pairs = groups.flatMap((a, i) =>
    groups
      .slice(i + 1)
      .filter((b) => baseline === null || a.key === baseline || b.key === baseline)
      .map((b) => comparePair(a, b, mode)),
  );
  const tested = pairs.filter((pair) => pair.p !== null);
  const corrected = holm([...tested.map(({ p }) => p ?? 1), ...new Array<number>(untested).fill(1)]);
  tested.forEach((pair, i) => {
    pair.p_holm = corrected[i] ?? null;
  });
  return pairs;
}

function comparePair(a: Group, b: Group, mode: Mode): Pair {
  const [runsA, runsB] = [without(a.outcomes, b.outcomes), without(b.outcomes, a.outcomes)];
  const [x, y] = [withDiverged(runsA, mode), withDiverged(runsB, mode)];
  const ranks = midRanks([...x, ...y]);
  const [ranksA, ranksB] = [ranks.slice(0, x.length), ranks.slice(x.length)];
  const unpaired = inferUnpaired(runsA, runsB, { ranksA, ranksB });
  const { differences, reason } = matchSeeds(runsA, runsB);
  const paired = differences && inferPaired(differences);
  const isPaired = paired !== null && paired.pairs >= LEAST_PAIRS;
  const bothLogged = x.length > 0 && y.length > 0;
  return {
    a: a.key,
    b: b.key,
    n_a: measured(runsA).length,
    n_b: measured(runsB).length,
    ...inUse(isPaired ? paired : unpaired, differenceOf(measured(runsA), measured(runsB))),
    probability_of_improvement: bothLogged ? probabilityOfImprovement(ranksA, ranksB, mode) : null,
    p_holm: null,
    p_joint: null,
    smallest_p_joint: null,
    uses: isPaired ? "paired" : unpaired && "unpaired",
    unpaired,
    paired,
    not_paired: paired ? null : reason,
  };
}

function inUse(
  used: Inference | null,
  bare: number | null,
): Pick<Pair, "difference" | "interval" | "p" | "smallest_p"> {
  if (!used) return { difference: bare, interval: null, p: null, smallest_p: null };
  const { difference, interval, p, smallest_p } = used;
  return { difference, interval, p, smallest_p };
}

function without(outcomes: readonly Outcome[], others: readonly Outcome[]): Outcome[] {
  const shared = new Set(others.map(({ id }) => id));
  return outcomes.filter(({ id }) => !shared.has(id));
}

function differenceOf(a: readonly number[], b: readonly number[]): number | null {
  const difference = mean(a) - mean(b);
  return Number.isFinite(difference) ? difference : null;
}

function inferUnpaired(
  runsA: readonly Outcome[],
  runsB: readonly Outcome[],
  { ranksA, ranksB }: { ranksA: number[]; ranksB: number[] },
): Inference | null {
  // One run a side has two arrangements, and both are as extreme as each other.
  if (ranksA.length === 0 || ranksB.length === 0 || ranksA.length + ranksB.length < 3) return null;
  const [a, b] = [measured(runsA), measured(runsB)];
  const onRanks = a.length < ranksA.length || b.length < ranksB.length;
  const options = { random: seededRandom(SEED), draws: DRAWS };
  const test = onRanks
    ? permutationTest(sorted(ranksA), sorted(ranksB), options)
    : permutationTest(a, b, options);
  return {
    difference: differenceOf(a, b),
    interval: rangeOf(differenceInterval(a, b, LEVEL)),
    ...figures(test),
    test: "permutation",
    on: onRanks ? "ranks" : "values",
  };
}

function inferPaired(differences: readonly number[]): Inference & { pairs: number } {
  const ordered = sorted(differences);
  const difference = mean(ordered);
  return {
    pairs: ordered.length,
    difference: Number.isFinite(difference) ? difference : null,
    interval: rangeOf(meanInterval(ordered, LEVEL)),
    ...figures(signFlipTest(ordered, { random: seededRandom(SEED), draws: DRAWS })),
    test: "sign_flip",
    on: "values",
  };
}

const sorted = (values: readonly number[]): number[] => [...values].sort((x, y) => x - y);

const figures = ({ p, smallest_p, exact }: PermutationTest) => ({ p, smallest_p, exact });

const rangeOf = (interval: { low: number; high: number } | null) =>
  interval && Number.isFinite(interval.low) && Number.isFinite(interval.high)
    ? { low: interval.low, high: interval.high }
    : null;
