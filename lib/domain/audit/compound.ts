import { firstScaled, middle, nice } from "./explain-simple";
import { type Problem, narrowed, throughout } from "./problem";
import type { Explanation } from "./report";
import { paceOf } from "./time-scale";
import type { Allowed } from "./tolerance";

/** A mistake made from the start, and the same problem with it taken for granted. */
interface Rebased {
  found: Explanation;
  problem: Problem;
}

/** Points from the start that have to show the first mistake alone. */
const EARLY_SHARE = 0.08;
const LEAST_EARLY = 12;
/** A factor so near 1 is none. */
const NEAR_ONE = 1e-3;

/**
 * Two mistakes at once: a factor or a wrong pace from the start, and something else on top of it. Nothing when the
 * second, which `others` looks for, is not found.
 */
export function compound(
  problem: Problem,
  allowed: Allowed,
  others: (rebased: Problem) => Explanation[],
): Explanation[] {
  const early = Math.max(LEAST_EARLY, Math.floor(problem.points.length * EARLY_SHARE));
  if (problem.points.length < 2 * early) return [];
  const start = narrowed(
    problem,
    Array.from({ length: early }, (_, i) => i),
  );
  for (const rebased of [factored(problem, start, allowed), paced(problem, start, allowed)]) {
    const rest = rebased ? others(rebased.problem) : [];
    if (rebased && rest.length > 0) return [rebased.found, ...rest];
  }
  return [];
}

function factored(problem: Problem, start: Problem, allowed: Allowed): Rebased | null {
  const { curve, peak } = problem;
  const shares = start.points.flatMap(({ step, lr }) => {
    const declared = curve.atStep(step);
    return declared > peak * 1e-6 ? [lr / declared] : [];
  });
  const factor = nice(middle(shares));
  if (!(factor > 0) || Math.abs(factor - 1) < NEAR_ONE || shares.length < LEAST_EARLY / 2) return null;
  if (!shares.every((share) => Math.abs(share - factor) <= allowed(share, factor) / Math.min(1, peak)))
    return null;
  const params = { factor, ...firstScaled(problem, factor) };
  return {
    found: { code: "scaled", ...throughout(problem), params },
    problem: rebase(problem, (step) => factor * curve.atStep(step)),
  };
}

function paced(problem: Problem, start: Problem, allowed: Allowed): Rebased | null {
  const pace = paceOf(start, allowed);
  if (!pace) return null;
  const params = { N: pace.factor, cadence: pace.cadence };
  return {
    found: { code: "time_scale", ...throughout(problem), params },
    problem: rebase(problem, pace.at),
  };
}

const rebase = (problem: Problem, atStep: (step: number) => number): Problem => ({
  ...problem,
  curve: { ...problem.curve, atStep: (step) => atStep(Math.max(0, step)) },
});
