import { narrowed, type Problem } from "./problem";

/**
 * A run that crashed and went on from an earlier step has logged some steps twice, and on other steps than before if its
 * logger counts from the resume: points on the schedule among points off it. The former are of what was lost. Null: they
 * do not lie so.
 */
export function withoutOverlap(problem: Problem, off: readonly number[]): Problem | null {
  const astray = new Set(off);
  const first = off[0] ?? problem.points.length;
  const indices = problem.points.map((_, i) => i);
  const lost = indices.filter((i) => i > first && !astray.has(i));
  const last = lost.at(-1) ?? first;
  const among = off.filter((i) => i < last).length;
  if (among === 0 || lost.length > off.length) return null;
  const gone = new Set(lost);
  return narrowed(
    problem,
    indices.filter((i) => !gone.has(i)),
  );
}
