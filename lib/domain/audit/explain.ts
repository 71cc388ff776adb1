import { compound } from "./compound";
import { parameterOf } from "./explain-parameter";
import { lag, offset, startsLate } from "./explain-shift";
import {
  clipped,
  type Hypothesis,
  isRound,
  neverStepped,
  scaled,
  stoodLong,
  unscheduled,
} from "./explain-simple";
import { movesOf, timeScale } from "./time-scale";
import { warmupMissing } from "./explain-warmup";
import type { Problem } from "./problem";
import type { Explanation, FindingCode } from "./report";
import { withoutOverlap } from "./overlap";
import { segmentsOf, unexplained } from "./segments";
import { paceAfterWarmup } from "./stretches";
import type { Allowed } from "./tolerance";

/** Points that a log must have before the audit says that some fit nothing. */
const TELLING_POINTS = 8;

const scaledByChoice: Hypothesis = (problem, allowed) => {
  const found = scaled(problem, allowed);
  return found && isRound(Number(found.params.factor)) ? found : null;
};

/** One thing that happened on the way. */
const happened =
  (...codes: FindingCode[]): Hypothesis =>
  (problem, allowed) => {
    const [only, ...others] = segmentsOf(problem, allowed) ?? [];
    return only && others.length === 0 && codes.includes(only.code) ? only : null;
  };
const restartedOnce = happened("restarted");

/** After so few steps of a staircase one that came early may be a milestone of its own as well as a shift of them all. */
const FEW_MOVES = 3;

const OF_ALL_LRS: readonly Hypothesis[] = [warmupMissing, clipped, scaledByChoice];

/** One explanation for the whole run, the likelier mistakes first where several would explain it. */
const wholeOf = (problem: Problem): Hypothesis[] => [
  neverStepped,
  timeScale,
  // Of a log from the start on, what takes longer to look for comes later.
  ...(startsLate(problem)
    ? [restartedOnce, ...OF_ALL_LRS]
    : [...OF_ALL_LRS, happened("restarted", "never_stepped")]),
  paceAfterWarmup,
  ...(movesOf(problem) > FEW_MOVES
    ? [offset, scaled, parameterOf(problem)]
    : [scaled, parameterOf(problem), offset]),
  lag,
];

const scaledFromTheStart: Hypothesis = (problem, allowed) =>
  startsLate(problem) && !stoodLong(problem) ? null : scaled(problem, allowed);

/** Of an LR that has not moved most explanations say too much. */
const STANDING: readonly Hypothesis[] = [neverStepped, warmupMissing, scaledFromTheStart, unscheduled];

const standsStill = ({ points, tolerances }: Problem): boolean =>
  points.every(({ lr }) => Math.abs(lr - (points[0]?.lr ?? lr)) <= tolerances.tight(lr, lr));

/** What was done to a schedule that is wrong already. */
function onTop(problem: Problem, allowed: Allowed): Explanation[] {
  const all = restartedOnce(problem, allowed) ?? clipped(problem, allowed);
  return all ? [all] : (segmentsOf(problem, allowed) ?? []);
}

/** Why the log parts from its schedule: one reason where one will do, else one a stretch. */
export function explain(problem: Problem, off: readonly number[]): Explanation[] {
  const { tight, loose } = problem.tolerances;
  if (standsStill(problem)) return first([tight, loose], (allowed) => whole(problem, STANDING, allowed));
  const hypotheses = wholeOf(problem);
  const cut: { allowed: Allowed; stretches: Explanation[] }[] = [];
  const one = first([tight, loose], (allowed) => {
    const found = whole(problem, hypotheses, allowed);
    if (found.length > 0) return found;
    const stretches = segmentsOf(problem, allowed) ?? [];
    cut.push({ allowed, stretches });
    return stretches.length === 1 ? stretches : [];
  });
  if (one.length > 0) return one;
  const several = first(cut, ({ allowed, stretches }) => fewest(problem, allowed, stretches));
  if (several.length > 0) return several;
  const later = withoutOverlap(problem, off);
  const again = later ? first([tight, loose], (allowed) => segmentsOf(later, allowed) ?? []) : [];
  if (again.length > 0) return again;
  return problem.points.length >= TELLING_POINTS ? unexplained(problem, off) : [];
}

/** The first answer that is one. */
function first<T>(among: readonly T[], answer: (item: T) => Explanation[]): Explanation[] {
  for (const item of among) {
    const found = answer(item);
    if (found.length > 0) return found;
  }
  return [];
}

const whole = (problem: Problem, hypotheses: readonly Hypothesis[], allowed: Allowed): Explanation[] =>
  first(hypotheses, (hypothesis) => {
    const found = hypothesis(problem, allowed);
    return found ? [found] : [];
  });

/** Two mistakes at once, or one a stretch: what needs the fewer words. */
function fewest(problem: Problem, allowed: Allowed, stretches: Explanation[]): Explanation[] {
  const both = compound(problem, allowed, (rebased) => onTop(rebased, allowed));
  const shorter = both.length > 0 && (stretches.length === 0 || both.length <= stretches.length);
  return shorter ? both : stretches;
}
