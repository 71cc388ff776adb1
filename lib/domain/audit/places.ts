import { type Interval, intersection, placesWhere, type Side, without } from "./intervals";
import { firstMisfit, type Problem } from "./problem";
import type { Allowed } from "./tolerance";

/** Where an LR stands against what is expected. */
export function sideOf(lr: number, expected: number, allowed: Allowed): Side {
  if (Math.abs(lr - expected) <= allowed(lr, expected)) return 0;
  return expected < lr ? -1 : 1;
}

/** The positions in the schedule, as far as it or the run goes, at which it has the LR of a point. */
export function placesOf(problem: Problem, index: number, allowed: Allowed): Interval[] {
  const { points, curve } = problem;
  const lr = points[index]?.lr ?? Number.NaN;
  return placesWhere(
    (position) => sideOf(lr, problem.expectOne(index, curve.atStep(position)), allowed),
    problem.grid,
  );
}

/** Points that may, one after the other, rule out what explains the points before. */
const MOST_RULED_OUT = 16;

/** A number that is looked for, and what it says of each point. */
interface Sought {
  /** The points to explain: `from`, and those before `to`. */
  from: number;
  to: number;
  /** The numbers with which a point is explained. */
  at: (index: number) => readonly Interval[];
  expected: (number: number) => Float64Array;
  choose: (left: readonly Interval[]) => number | null;
}

/** The number that explains all the points: each point that the likeliest one misses narrows the choice. */
export function sought(
  problem: Problem,
  among: readonly Interval[],
  { from, to, at, expected, choose }: Sought,
  allowed: Allowed,
): number | null {
  let left = among;
  for (let round = 0; round < MOST_RULED_OUT; round += 1) {
    const number = choose(left);
    if (number === null) return null;
    const misfit = firstMisfit(problem, expected(number), allowed, from, to);
    if (misfit === to) return number;
    left = without(intersection(left, at(misfit)), number);
  }
  return null;
}
