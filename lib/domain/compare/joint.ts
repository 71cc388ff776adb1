import { midRanks } from "../stats/mid-ranks";
import { type Couple, independentDesign, type JointDesign, pairedDesign } from "../stats/joint-design";
import { type JointTest, jointTest } from "../stats/joint-test";
import { seededRandom } from "../stats/random";
import { differenceP, meanP } from "../stats/t-interval";
import type { Mode } from "./mode";
import { measured, type Outcome, withDiverged } from "./outcome";
import type { Pair } from "./pair";
import { matchSeeds } from "./seeds";
import { type Group, SEED } from "./summary";

/** Draws times runs and pairs: a quarter of a second or so. */
const WORK = 6_000_000;
const MOST_DRAWS = 19_999;
/** With more groups the draws would take seconds. */
export const MOST_JOINT_GROUPS = 100;

/**
 * What the joint p is raised by. Residuals know nothing of how uncertain their group's spread is: in simulations of ten
 * runs a group, a nominal 5 of 100 were 5.1 to 5.8.
 */
export const CAUTION = 10 / 9;

export interface Joint {
  /** By `pairKey`; the statistic is a difference in units of its standard error. */
  found: ReadonlyMap<string, { p: number; statistic: number }>;
  smallest_p: number;
  /** How large the statistic of a pair has to be to be shown among all the others. */
  critical: number;
}

export const pairKey = ({ a, b }: { a: string; b: string }): string => JSON.stringify([a, b]);

/**
 * Tests all pairs of the groups together, or each group against the baseline. Null where the joint test cannot be had:
 * no two groups of two runs, runs in several groups, no spread at all, too many groups.
 */
function testJointly(
  groups: readonly Group[],
  mode: Mode,
  { baseline = null, paired = false }: { baseline?: string | null; paired?: boolean } = {},
): Joint | null {
  const members = groups.filter(({ outcomes }) => withDiverged(outcomes, mode).length > 1);
  const pairs = couplesOf(members, baseline);
  if (pairs.length === 0 || members.length > MOST_JOINT_GROUPS || isShared(members)) return null;
  const design =
    paired && areMatched(members) ? pairedDesign(bySeed(members), pairs) : independent(members, pairs, mode);
  return design && tested(design, members, drawsFor(design));
}

function tested(design: JointDesign, members: readonly Group[], draws: number): Joint {
  const test = jointTest(design, { random: seededRandom(SEED), draws });
  const entries = design.pairs.map(([i, j], at) => [keyOf(members, i, j), resultAt(test, at)] as const);
  return {
    found: new Map(entries),
    smallest_p: Math.min(1, test.smallest_p * CAUTION),
    critical: test.critical,
  };
}

const keyOf = (members: readonly Group[], i: number, j: number): string =>
  pairKey({ a: members[i]?.key ?? "", b: members[j]?.key ?? "" });

const resultAt = ({ p, statistics }: JointTest, at: number): { p: number; statistic: number } => ({
  p: Math.min(1, (p[at] ?? 1) * CAUTION),
  statistic: statistics[at] ?? 0,
});

function couplesOf(members: readonly Group[], baseline: string | null): Couple[] {
  return members.flatMap((a, i) =>
    members.flatMap((b, j): Couple[] =>
      j > i && (baseline === null || a.key === baseline || b.key === baseline) ? [[i, j]] : [],
    ),
  );
}

/** A run that is in two groups cannot be exchanged between them. */
function isShared(members: readonly Group[]): boolean {
  const ids = members.flatMap(({ outcomes }) => outcomes.map(({ id }) => id));
  return new Set(ids).size < ids.length;
}

const areMatched = ([first, ...rest]: readonly Group[]): boolean =>
  rest.every(({ outcomes }) => matchSeeds(first?.outcomes ?? [], outcomes).differences !== null);

/** By ranks over all runs where one diverged: it has no number, but it is the worst. */
function independent(members: readonly Group[], pairs: readonly Couple[], mode: Mode): JointDesign | null {
  const values = members.map(({ outcomes }) => withDiverged(outcomes, mode).sort((x, y) => x - y));
  const all = values.flat();
  if (all.every(Number.isFinite)) return independentDesign(values, pairs);
  const ranks = midRanks(all);
  let to = 0;
  return independentDesign(
    values.map(({ length }) => ranks.slice(to, (to += length))),
    pairs,
  );
}

/** One value a seed, all groups in the same order of seeds. */
function bySeed(members: readonly Group[]): number[][] {
  const name = ({ seed, project }: Outcome) => `${seed} ${project}`;
  return members.map(({ outcomes }) =>
    [...outcomes].sort((x, y) => (name(x) < name(y) ? -1 : 1)).map(({ value }) => value ?? Number.NaN),
  );
}

function drawsFor({ values, pairs }: JointDesign): number {
  return Math.min(MOST_DRAWS, Math.floor(WORK / (values.length + pairs.length)));
}

/**
 * Writes what the joint test says into the pairs. A pair's own interval is not gone beyond: p is at least that of the t
 * statistic behind the interval, for shares of the spread of others would make it smaller where its own groups spread
 * far. One pair alone keeps its exact p.
 */
export function correctJointly(
  pairs: readonly Pair[],
  groups: readonly Group[],
  mode: Mode,
  { untested, baseline }: { untested: number; baseline: string | null },
): Joint | null {
  const own = pairs.filter(({ p }) => p !== null);
  const joint = testJointly(groups, mode, { baseline, paired: own.every(({ uses }) => uses === "paired") });
  const isAlone = own.length === 1 && untested === 0;
  const outcomes = new Map(groups.map((group) => [group.key, group.outcomes]));
  for (const pair of own) {
    const found = joint?.found.get(pairKey(pair));
    if (isAlone) Object.assign(pair, { p_joint: pair.p, smallest_p_joint: pair.smallest_p });
    else if (joint && found) {
      pair.p_joint = Math.max(found.p, ownP(outcomes.get(pair.a) ?? [], outcomes.get(pair.b) ?? [], pair));
      pair.smallest_p_joint = joint.smallest_p;
    }
  }
  return joint;
}

function ownP(a: readonly Outcome[], b: readonly Outcome[], { uses, interval }: Pair): number {
  if (interval === null) return 0;
  const differences = uses === "paired" ? matchSeeds(a, b).differences : null;
  return differences ? meanP(differences) : differenceP(measured(a), measured(b));
}
