import type { Mode } from "./mode";
import type { Joint } from "./joint";
import type { Pair } from "./pair";
import { ALPHA, correctedP, isShown } from "./shown";
import { isRanked, moreSeedsText, rankedText } from "./standing-words";
import { type Standing, standingOf } from "./standing";
import type { GroupSummary } from "./summary";
import { counted, numbersFor, shownP } from "./words";

export interface Verdict extends Standing {
  /** One sentence that claims no more than the data bear. */
  text: string;
  /** true: a difference is shown, at 5 % after correction, by a test that these sizes allow to show one. */
  shown: boolean;
  /** The better group, when a difference is shown. */
  better: string | null;
  than: string | null;
  /** What the other pairs say; null when there are none. */
  also: string | null;
}

export interface Question {
  metric: string;
  mode: Mode;
  at: "final" | "best";
}

const nothing = (text: string, standing: Standing): Verdict => ({
  text,
  shown: false,
  better: null,
  than: null,
  also: null,
  ...standing,
});

interface Circumstances {
  /** Pairs that were corrected for as well. */
  untested?: number;
  baseline?: string | null;
  joint?: Joint | null;
}

/**
 * `groups` best first. Of two groups the sentence is on their difference, of more on which may be best, or on how they
 * stand to the baseline; what is not shown is not said.
 */
export function verdictOn(
  groups: readonly GroupSummary[],
  pairs: readonly Pair[],
  question: Question,
  { untested = 0, baseline = null, joint = null }: Circumstances = {},
): Verdict {
  const withNumbers = groups.filter(({ n }) => n > 0);
  const standing = standingOf(withNumbers, pairs, joint, baseline);
  const [a, b] = firstTwo(withNumbers, baseline);
  if (!a) return nothing(unmeasured(groups, question), standing);
  if (!b) return nothing(alone(a, groups, question), standing);
  const pair = pairs.find((one) => one.a === a.key && one.b === b.key);
  if (!pair) return nothing("These groups hold the same runs, so there is nothing to compare.", standing);
  const rest = { untested, baseline, groups };
  const also = pairs.length > 1 ? othersOf(pairs, standing, rest) : null;
  if (isRanked(withNumbers, pairs))
    return { ...ofMany(withNumbers, pairs, standing, { ...question, baseline }), also, ...standing };
  const tested = pairs.filter(({ p }) => p !== null).length + untested;
  const one = { a, b, pair, tested, shown: isShown(pair), ...question };
  return { ...ofTwo(one), also: also ?? moreOf(one, standing, rest), ...standing };
}

type Sentence = Pick<Verdict, "text" | "shown" | "better" | "than">;

function ofMany(
  groups: readonly GroupSummary[],
  pairs: readonly Pair[],
  standing: Standing,
  asked: Question & { baseline: string | null },
): Sentence {
  const [first = null] = standing.worse;
  return {
    text: rankedText(groups, pairs, standing, asked),
    shown: first !== null,
    better: first && first.than,
    than: first && first.key,
  };
}

const ofTwo = (one: Case): Sentence => ({
  text: sentence(one),
  shown: one.shown,
  better: one.shown ? one.a.key : null,
  than: one.shown ? one.b.key : null,
});

const moreOf = ({ shown }: Case, { more_seeds }: Standing, { groups, baseline }: Rest): string | null =>
  shown ? null : moreSeedsText(more_seeds, groups, baseline) || null;

function firstTwo(measured: readonly GroupSummary[], baseline: string | null): readonly GroupSummary[] {
  const other = measured.find(({ key }) => key !== baseline);
  return measured.filter((group) => baseline === null || group === other || group.key === baseline);
}

function unmeasured(groups: readonly GroupSummary[], { metric }: Question): string {
  const diverged = groups.reduce((sum, group) => sum + group.diverged, 0);
  return diverged > 0
    ? `Nothing to compare: every run that logged ${metric} diverged.`
    : `Nothing to compare: no run here logged ${metric}.`;
}

const measureOf = ({ metric, at }: Question): string => `${at} ${metric}`;

function alone(a: GroupSummary, groups: readonly GroupSummary[], question: Question): string {
  const why =
    groups.length > 1
      ? `only ${a.label} has a ${measureOf(question)}`
      : `all runs are in one group, ${a.label}`;
  const number = numbersFor(a.interval ? a.interval.high - a.interval.low : (a.mean ?? 0) / 100);
  const spread = a.interval ? ` (95 % ${number(a.interval.low)} … ${number(a.interval.high)})` : "";
  return `Nothing to compare: ${why}, ${counted(a.n, "run")}, mean ${number(a.mean ?? 0)}${spread}.`;
}

interface Case extends Question {
  a: GroupSummary;
  b: GroupSummary;
  pair: Pair;
  /** How many pairs were tested, hence corrected for. */
  tested: number;
  shown: boolean;
}

function sentence(one: Case): string {
  const { a, b, pair, shown } = one;
  const what = measureOf(one);
  const better = one.mode === "min" ? "lower" : "higher";
  const number = numbersFor(widthOf(pair));
  const means = `${number(a.mean ?? 0)} against ${number(b.mean ?? 0)}`;
  if (shown)
    return `${a.label} reaches a ${better} ${what} than ${b.label}: ${means}, ${figures(one, number)}.`;
  if (pair.difference === 0)
    return `No difference in ${what} between ${a.label} and ${b.label}: both ${number(a.mean ?? 0)}.`;
  const obstacle = obstacleOf(one);
  if (obstacle) return `${a.label} has a ${better} mean ${what} than ${b.label}, ${means}, but ${obstacle}.`;
  return `No difference in ${what} between ${a.label} and ${b.label} is shown: ${means}, ${figures(one, number)}.`;
}

/** What keeps these runs from showing anything, however far apart; null: nothing does. */
function obstacleOf({ a, b, pair, tested }: Case): string | null {
  const { smallest_p, probability_of_improvement } = pair;
  const alone = single(a, b, pair);
  if (alone) return alone;
  if (smallest_p !== null && Math.min(1, smallest_p * tested) > ALPHA)
    return tooFew(pair, smallest_p, tested);
  if ((probability_of_improvement ?? 1) < 0.5)
    return `${a.diverged} of its ${a.n + a.diverged} runs diverged, and diverged runs lose`;
  return null;
}

/** One run tells nothing of how far another would have come out. */
function single(a: GroupSummary, b: GroupSummary, { n_a, n_b }: Pair): string | null {
  if (n_a === 0 || n_b === 0) return "the groups share the runs that were measured";
  if (n_a > 1 && n_b > 1) return null;
  if (n_a === n_b && a.diverged + b.diverged === 0) return "there is one run a side: no interval, no test";
  return `${n_a === 1 ? a.label : b.label} has one run with a number: no interval, and nothing is shown`;
}

function tooFew({ n_a, n_b, uses }: Pair, smallest: number, tested: number): string {
  const sizes = uses === "paired" ? `${n_a} pairs` : sidesOf(n_a, n_b);
  const corrected =
    tested > 1
      ? `, ${shownP(Math.min(1, smallest * tested))} after correction for ${tested} comparisons`
      : "";
  return `with ${sizes} the smallest possible p is ${shownP(smallest)}${corrected}: nothing can be shown yet`;
}

const sidesOf = (a: number, b: number): string =>
  a === b ? `${counted(a, "run")} a side` : `${a} against ${counted(b, "run")}`;

function figures({ pair, tested }: Case, number: (value: number) => string): string {
  const { interval, n_a, n_b, uses, p, smallest_p } = pair;
  const used = uses === "paired" ? pair.paired : pair.unpaired;
  const range = interval ? `95 % ${number(interval.low)} … ${number(interval.high)}` : "no interval";
  const sizes = uses === "paired" ? `${n_a} pairs by seed` : `${n_a} against ${counted(n_b, "run")}`;
  const corrected =
    tested > 1 ? `, ${shownP(correctedP(pair) ?? 1)} corrected for ${tested} comparisons` : "";
  const chance = `${used?.exact === false ? "" : "exact "}p ${shownP(p ?? 1)}${corrected}`;
  return `difference ${number(pair.difference ?? 0)} (${range}, ${sizes}, ${chance}, smallest possible ${shownP(smallest_p ?? 1)})`;
}

const widthOf = ({ interval, difference }: Pair): number =>
  interval && interval.high > interval.low ? (interval.high - interval.low) / 2 : (difference ?? 0);

interface Rest {
  untested: number;
  baseline: string | null;
  groups: readonly GroupSummary[];
}

function othersOf(
  pairs: readonly Pair[],
  { more_seeds }: Standing,
  { untested, baseline, groups }: Rest,
): string {
  const found = pairs.filter(isShown).length;
  const own = pairs.filter(({ p }) => p !== null);
  if (own.length === 0) return "No pair has enough runs for a test.";
  const total = own.length + untested;
  const share = found === 0 ? "none differs" : found === 1 ? "one differs" : `${found} differ`;
  const forAll = untested === 0 ? "" : ` for all ${total}`;
  const isJoint = own.some(({ p_joint }) => p_joint !== null);
  const how = isJoint ? "corrected by one joint test" : "after Holm's correction";
  const told = `Of ${counted(own.length, "pair")} tested, ${share} at 5 %, ${how}${forAll}.`;
  if (isJoint) return [told, moreSeedsText(more_seeds, groups, baseline)].filter(Boolean).join(" ");
  const smallest = Math.min(...pairs.map(({ smallest_p }) => smallest_p ?? 1));
  const size = new Set(pairs.flatMap(({ a, b }) => [a, b])).size;
  const isHopeless = smallest * total > ALPHA && smallest * (size - 1) <= ALPHA;
  return isHopeless && baseline === null
    ? `${told} So many comparisons leave nothing to be found: choose one group to compare the others against, or run more seeds.`
    : told;
}
