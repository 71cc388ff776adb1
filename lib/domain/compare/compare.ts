import { correctJointly } from "./joint";
import { compareBetter, type Mode } from "./mode";
import { notesOn } from "./notes";
import { comparePairs, type Pair } from "./pair";
import { type Ranking, rankGroups } from "./ranking";
import { type Group, type GroupSummary, summarise } from "./summary";
import { type Question, type Verdict, verdictOn } from "./verdict";

export interface Comparison {
  /** Best mean first; groups without a number last. */
  groups: GroupSummary[];
  /** `a` stands before `b` in `groups`. */
  pairs: Pair[];
  verdict: Verdict;
  notes: string[];
  /** Key of the group that the others are compared with; null: every two. */
  baseline: string | null;
  /** Over projects, when there are several; null otherwise. */
  ranking: Ranking | null;
}

/** Beyond so many groups only the best are compared pair by pair. */
const PAIRED_GROUPS = 12;

interface Asked extends Question {
  target: number | null;
  /** Key or label of the group that all others are compared with; null: every two. */
  baseline: string | null;
}

/** Compares groups of runs. The order in which groups and runs are given changes nothing. */
export function compareGroups(given: readonly Group[], asked: Asked): Comparison {
  const { mode, target } = asked;
  const order = given
    .map((group) => ({ group, summary: summarise(group, target) }))
    .sort((x, y) => byMean(x.summary, y.summary, mode) || (x.group.key < y.group.key ? -1 : 1));
  const ordered = order.map(({ group }) => group);
  const summaries = order.map(({ summary }) => summary);
  const logged = ordered.filter((_, i) => (summaries[i]?.n ?? 0) + (summaries[i]?.diverged ?? 0) > 0);
  const baseline = logged.find(({ key, label }) => [key, label].includes(asked.baseline ?? ""))?.key ?? null;
  const shown = baseline === null ? logged.slice(0, PAIRED_GROUPS) : logged;
  const untested = pairsOf(logged.length) - pairsOf(shown.length);
  const pairs = comparePairs(shown, mode, { untested, baseline });
  const joint = correctJointly(pairs, logged, mode, { untested, baseline });
  return {
    groups: summaries,
    pairs,
    verdict: verdictOn(summaries, pairs, asked, { untested, baseline, joint }),
    notes: [
      ...notesOn(ordered, summaries, asked),
      ...(untested === 0
        ? []
        : [
            `Pairs are tested among the best ${PAIRED_GROUPS} of ${logged.length} groups, and corrected for all that might have been.`,
          ]),
      ...(asked.baseline === null || baseline !== null
        ? []
        : [`There is no group ${asked.baseline} to compare with, so every two groups are compared.`]),
    ],
    baseline,
    ranking: rankGroups(ordered, mode),
  };
}

/** Better first; groups without a number last. */
function byMean({ mean: a }: GroupSummary, { mean: b }: GroupSummary, mode: Mode): number {
  return a === null || b === null ? Number(a === null) - Number(b === null) : compareBetter(a, b, mode);
}

const pairsOf = (groups: number): number => (groups * (groups - 1)) / 2;
