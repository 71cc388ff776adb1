import { normalQuantile } from "../stats/normal";
import { type Joint, pairKey } from "./joint";
import type { Pair } from "./pair";
import { ALPHA, isShown, leavesOutZero } from "./shown";
import type { GroupSummary } from "./summary";

export interface Worse {
  key: string;
  /** The best group that it is shown to be worse than. */
  than: string;
  /** By how much: positive. */
  difference: number;
  interval: { low: number; high: number } | null;
}

export interface MoreSeeds {
  key: string;
  /** Further runs a group after which the difference to the best, or to the baseline, would be shown; null: more than 100. */
  seeds: number | null;
}

/** Which group is best, as far as the data bear. */
export interface Standing {
  /** Groups that no other is shown to be better than: those too near to the best first, then `doubtful`. */
  best_set: string[];
  /** Of those, the ones whose own interval says worse than the best, but not after correction, or that have no interval. */
  doubtful: string[];
  worse: Worse[];
  /** For the groups of `best_set` but the best, as far as the joint test holds them; with a baseline, for those that are not told apart from it. */
  more_seeds: MoreSeeds[];
}

/** `groups` have numbers and stand best first. Groups that no pair holds were not tested and stand nowhere. */
export function standingOf(
  groups: readonly GroupSummary[],
  pairs: readonly Pair[],
  joint: Joint | null,
  baseline: string | null = null,
): Standing {
  const held = new Set(pairs.flatMap(({ a, b }) => [a, b]));
  const keys = groups.map(({ key }) => key).filter((key) => held.has(key) || groups.length === 1);
  const worse = keys.flatMap((key) => worseOf(key, pairs));
  const open = keys.filter((key) => worse.every((one) => one.key !== key));
  const [best] = open;
  const isDoubtful = (key: string) => {
    const pair = pairs.find(({ a, b }) => a === best && b === key);
    return pair !== undefined && (pair.interval === null || leavesOutZero(pair));
  };
  const doubtful = open.filter(isDoubtful);
  const near = open.filter((key) => !isDoubtful(key));
  return {
    best_set: [...near, ...doubtful],
    doubtful,
    worse,
    more_seeds: pairs
      .filter((pair) => !isShown(pair) && (baseline !== null || pair.a === best) && keys.includes(pair.b))
      .flatMap((pair) => {
        const found = joint?.found.get(pairKey(pair));
        const key = pair.b === baseline ? pair.a : pair.b;
        return joint && found ? [{ key, seeds: moreSeeds(pair, joint, found.statistic) }] : [];
      }),
  };
}

/** The pairs come with the best `a` first. */
function worseOf(key: string, pairs: readonly Pair[]): Worse[] {
  const pair = pairs.find((one) => one.b === key && isShown(one));
  if (!pair) return [];
  const { difference, interval } = pair;
  return [
    { key, than: pair.a, difference: Math.abs(difference ?? 0), interval: interval && positive(interval) },
  ];
}

const positive = ({ low, high }: { low: number; high: number }): { low: number; high: number } =>
  high < 0 ? { low: -high, high: -low } : { low, high };

const MOST_SEEDS = 100;
/** Four runs out of five such comparisons then show the difference. */
const POWER = 0.8;
/** An exact test of fewer runs a side cannot give a p of 0.05. */
const LEAST_RUNS = 4;

/**
 * A difference in units of its standard error grows as √n when means and spreads stay as they are. It has to reach the
 * critical value, and what chance takes from it in `POWER` of the cases.
 */
function moreSeeds({ n_a, n_b, smallest_p }: Pair, joint: Joint, statistic: number): number | null {
  const n = Math.min(n_a, n_b);
  const enough = Math.ceil(n * ((joint.critical + normalQuantile(POWER)) / statistic) ** 2);
  const isAlone = joint.found.size === 1 && (smallest_p ?? 0) > ALPHA;
  const more = Math.max(1, enough - n, isAlone ? LEAST_RUNS - n : 0);
  return more > MOST_SEEDS ? null : more;
}
