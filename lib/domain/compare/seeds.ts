import type { Outcome } from "./outcome";

interface Matched {
  /** value(a) − value(b), one a seed; null: not paired. */
  differences: number[] | null;
  reason: string | null;
}

const not = (reason: string): Matched => ({ differences: null, reason });

/**
 * Pairs the runs of two groups by seed. All or none: a pairing that leaves runs out would answer for fewer runs than the
 * page shows. At least two pairs, each seed once in each group and in both, no run without a number.
 */
export function matchSeeds(a: readonly Outcome[], b: readonly Outcome[]): Matched {
  const all = [...a, ...b];
  if (all.some(({ seed }) => seed === null)) return not("a run has no seed");
  if (all.some(({ state }) => state === "missing")) return not("a run lacks the metric");
  if (all.some(({ value }) => value === null)) return not("a run diverged");
  const [ofA, ofB] = [bySeed(a), bySeed(b)];
  if (ofA.size < a.length || ofB.size < b.length) return not("a seed occurs twice in a group");
  if (ofA.size !== ofB.size || [...ofA.keys()].some((seed) => !ofB.has(seed)))
    return not("the seeds of the two groups differ");
  if (ofA.size < 2) return not("there is one seed only");
  const differences = [...ofA].map(([seed, value]) => value - (ofB.get(seed) ?? Number.NaN));
  return differences.every(Number.isFinite)
    ? { differences, reason: null }
    : not("two values are too far apart to be subtracted");
}

/** Across projects the same seed starts different trainings. */
const bySeed = (outcomes: readonly Outcome[]): Map<string, number> =>
  new Map(outcomes.map(({ seed, project, value }) => [`${seed} ${project}`, value ?? Number.NaN]));
