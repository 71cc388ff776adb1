import { firstMisfit, type Problem } from "./problem";
import type { Allowed } from "./tolerance";

/** Whole positions in the schedule, or numbers of steps, from the first to the last of them. */
export interface Interval {
  from: number;
  to: number;
}

/** Below, at or above what is looked for. */
type Side = -1 | 0 | 1;

/** Positions at which a schedule is looked at first, however long it is: what lies between is bisected. */
const LOOKED_AT = 1024;
/** Of a schedule that is there more often, no place tells anything. */
const MOST_PLACES = 64;

/** Every position up to `last`, or so many that the schedule does not turn round twice between two of them. */
export function gridUpTo(last: number, first = 0, most = LOOKED_AT): number[] {
  const span = last - first;
  if (span < most) return Array.from({ length: Math.max(0, span) + 1 }, (_, i) => first + i);
  return Array.from({ length: most + 1 }, (_, i) => first + Math.floor((i * span) / most));
}

/** Where the rule is at what is looked for, as intervals of whole positions, ascending; the first ones only. */
export function placesWhere(side: (position: number) => Side, grid: readonly number[]): Interval[] {
  const found: Interval[] = [];
  let open: Interval | null = null;
  let before: { position: number; side: Side } | null = null;
  for (const position of grid) {
    if (found.length >= MOST_PLACES) break;
    const here = side(position);
    if (before && before.side !== 0 && here !== before.side) open = entered(side, before.position, position);
    else if (here === 0) open ??= { from: position, to: position };
    if (open) {
      open.to = here === 0 ? position : lastAt(side, open.from, position);
      if (here !== 0) {
        found.push(open);
        open = null;
      }
    }
    before = { position, side: here };
  }
  return open ? [...found, open] : found;
}

/** The first position after `outside`, up to `inside`, that is not on its side; null where that jumps past what is looked for. */
function entered(side: (position: number) => Side, outside: number, inside: number): Interval | null {
  const start = side(outside);
  const first = firstWhere((position) => side(position) !== start, outside, inside);
  return side(first) === 0 ? { from: first, to: first } : null;
}

const lastAt = (side: (position: number) => Side, inside: number, outside: number): number =>
  firstWhere((position) => side(position) !== 0, inside, outside) - 1;

/** The first position after `low`, up to `high`, where it is so; it is not at `low`, and is at `high`. */
export function firstWhere(isSo: (position: number) => boolean, low: number, high: number): number {
  let [no, yes] = [low, high];
  while (yes - no > 1) {
    const middle = Math.floor(no + (yes - no) / 2);
    if (isSo(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

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

export function intersection(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const found: Interval[] = [];
  let [i, j] = [0, 0];
  for (let [x, y] = [a[0], b[0]]; x && y; [x, y] = [a[i], b[j]]) {
    const [from, to] = [Math.max(x.from, y.from), Math.min(x.to, y.to)];
    if (from <= to) found.push({ from, to });
    if (x.to < y.to) i += 1;
    else j += 1;
  }
  return found;
}

/** The same intervals without one number. */
export const without = (intervals: readonly Interval[], number: number): Interval[] =>
  intervals.flatMap(({ from, to }) =>
    number < from || number > to
      ? [{ from, to }]
      : [
          { from, to: number - 1 },
          { from: number + 1, to },
        ].filter((part) => part.from <= part.to),
  );

/** The multiple of `unit` in the intervals that is nearest to zero. */
export function nearestToZero(intervals: readonly Interval[], unit: number): number | null {
  const nearest = intervals.flatMap(({ from, to }) => {
    const number = from > 0 ? Math.ceil(from / unit) * unit : to < 0 ? -Math.ceil(-to / unit) * unit : 0;
    return number >= from && number <= to ? [number] : [];
  });
  return nearest.reduce<number | null>(
    (best, number) => (best === null || Math.abs(number) < Math.abs(best) ? number : best),
    null,
  );
}

/** Points that may, one after the other, rule out what explains the points before. */
const MOST_RULED_OUT = 16;

/** A number that is looked for, and what it says of each point. */
export interface Sought {
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
