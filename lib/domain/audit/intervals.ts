/** Whole positions in the schedule, or numbers of steps, from the first to the last of them. */
export interface Interval {
  from: number;
  to: number;
}

/** Below, at or above what is looked for. */
export type Side = -1 | 0 | 1;

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
function firstWhere(isSo: (position: number) => boolean, low: number, high: number): number {
  let [no, yes] = [low, high];
  while (yes - no > 1) {
    const middle = Math.floor(no + (yes - no) / 2);
    if (isSo(middle)) yes = middle;
    else no = middle;
  }
  return yes;
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
