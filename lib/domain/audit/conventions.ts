import { relativeError } from "./drift";
import { firstMisfit, type Problem } from "./problem";
import type { Allowed } from "./tolerance";

/** Before, at or after the update: which of them a logger calls "step s" is its convention, not a fault. */
export const OFFSETS: readonly number[] = [0, 1, -1];

export interface Convention {
  offset: number;
  expected: Float64Array;
  /** Points that no reading of the log explains. */
  off: number[];
  worst: number;
  /** The worst of the points that this reading explains. */
  worstFollowed: number;
}

/**
 * The convention under which the log follows its schedule best. At a jump of the schedule a point may show either side
 * of it, whatever the convention. Where one value stands for an epoch, so may it show the epoch before or after.
 */
export function bestConvention(problem: Problem): Convention {
  const { loose } = problem.tolerances;
  const read = offsetsOf(problem).map((offset) => conventionAt(problem, offset));
  const near = read.slice(0, OFFSETS.length).map(({ expected }) => expected);
  const excused = (index: number) =>
    near.some((expected) => firstMisfit(problem, expected, loose, index, index + 1) > index);
  const scored = read.map((convention) => {
    const off = convention.off.filter((index) => Math.abs(convention.offset) > 1 || !excused(index));
    return { ...convention, off };
  });
  return scored.reduce((best, next) => (better(next, best) ? next : best));
}

const better = (a: Convention, b: Convention) =>
  a.off.length < b.off.length || (a.off.length === b.off.length && a.worst < b.worst / 4);

function offsetsOf({ curve: { unit }, points }: Problem): readonly number[] {
  const span = (points.at(-1)?.step ?? 0) - (points[0]?.step ?? 0);
  const perEpoch = unit > 1 && points.length - 1 <= span / unit;
  return perEpoch ? [...OFFSETS, unit, -unit] : OFFSETS;
}

function conventionAt(problem: Problem, offset: number): Convention {
  const { points, curve, peak, tolerances } = problem;
  const expected = problem.expect((step) => curve.atStep(step + offset));
  const off = misfits(problem, expected, tolerances.loose);
  const errors = points.map(({ lr }, i) =>
    problem.masked[i] ? 0 : relativeError(lr, expected[i] ?? Number.NaN, peak),
  );
  const astray = new Set(off);
  const largest = (of: readonly number[]) => of.reduce((max, error) => Math.max(max, error), 0);
  return {
    offset,
    expected,
    off,
    worst: largest(errors),
    worstFollowed: largest(errors.filter((_, i) => !astray.has(i))),
  };
}

export function misfits(problem: Problem, expected: Float64Array, allowed: Allowed): number[] {
  const found: number[] = [];
  const n = problem.points.length;
  for (
    let i = firstMisfit(problem, expected, allowed);
    i < n;
    i = firstMisfit(problem, expected, allowed, i + 1)
  )
    found.push(i);
  return found;
}

/** The offset under which the log follows its schedule longest from the start; of equals the smaller. */
export function startingOffset(problem: Problem): number {
  const { curve, tolerances } = problem;
  const reach = (offset: number) =>
    firstMisfit(
      problem,
      problem.expect((step) => curve.atStep(step + offset)),
      tolerances.tight,
    );
  return OFFSETS.reduce((best, next) => (reach(next) > reach(best) ? next : best));
}
