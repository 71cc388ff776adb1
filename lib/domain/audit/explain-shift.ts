import { OFFSETS } from "./conventions";
import { type Interval, intersection, nearestToZero } from "./intervals";
import { placesOf, sideOf, sought } from "./places";
import { type Problem, stepAt, throughout } from "./problem";
import type { Hypothesis } from "./explain-simple";
import type { FindingParams } from "./report";
import type { Allowed } from "./tolerance";

/** Logged k steps early or late throughout; more than one, so no convention. */
export const offset: Hypothesis = (problem, allowed) => {
  const { points, curve } = problem;
  const first = points[0]?.step ?? 0;
  const moved = points.findIndex(({ lr }) => lr !== points[0]?.lr);
  const shift = shiftOf(problem, 0, points.length, allowed, 0, Math.max(0, moved));
  if (shift === null || Math.abs(shift) <= 1) return null;
  const { from, to } = throughout(problem);
  const restart = -shift;
  if (restart > 0 && Math.abs(first - restart) <= 1 && startsLate(problem))
    return { code: "restarted", from: first, to, params: { restart_step: restart } };
  const epochs = curve.unit > 1 ? shift / curve.unit : null;
  const params: FindingParams = { k: shift, epochs };
  return { code: "offset", from, to, params };
};

/**
 * The log begins in the middle of the run, as a resumed run's does. Else what seems to begin again at its first point
 * has lost the steps before it.
 */
export const startsLate = (problem: Problem): boolean => stepAt(problem, 0) > 2 * gapOf(problem);

/** A log that begins in the middle begins where its schedule does. */
export const beginsAnew = (problem: Problem, restart: number): boolean =>
  startsLate(problem) && stepAt(problem, 0) - restart <= gapOf(problem);

/** Steps between the first two points. */
const gapOf = (problem: Problem): number => stepAt(problem, 1) - stepAt(problem, 0);

/** Constant lags, then a few more steps lost on the way: updates that did not advance the scheduler. */
export const lag: Hypothesis = (problem, allowed) => {
  const found = OFFSETS.flatMap((base) => {
    const changes = lagsOf(problem, base, allowed);
    return changes && changes.length > 1 ? [changes] : [];
  });
  // The reading under which it starts without a lag, if there is one.
  const late = (changes: [number, number][]) => ((changes[0]?.[1] ?? 0) === 0 ? 0 : 1);
  const [changes] = found.sort((a, b) => a.length - b.length || late(a) - late(b));
  const [first, last] = [changes?.[0], changes?.at(-1)];
  if (!changes || !first || !last || stopped(problem, changes, allowed)) return null;
  const { to } = throughout(problem);
  const older: FindingParams = { k: last[1] };
  if (wentBack(problem, changes)) return { code: "lag", from: last[0], to, params: older };
  return {
    code: "lag",
    from: (changes.find(([, steps]) => steps > 0) ?? first)[0],
    to,
    params: { ...older, first_k: first[1], changes: changes.length - 1, at: changes.slice(0, 20) },
  };
};

/** Calls by which a lag may be seen late, while the LR hardly moves. */
const SEEN_LATE = 2;

/** A lag that came at once and is longer than the steps since the point before: no update is lost twice. */
function wentBack({ points, curve }: Problem, changes: readonly [number, number][]): boolean {
  const [first, second, ...others] = changes;
  if (!first || !second || others.length > 0) return false;
  const [since, k] = second;
  const before = points.findLast(({ step }) => step < since)?.step ?? since;
  return k - first[1] > since - before + SEEN_LATE * curve.unit;
}

/** From the first lost step on it stands still: that scheduler did not lose steps, it was not stepped any more. */
function stopped({ points }: Problem, changes: readonly [number, number][], allowed: Allowed): boolean {
  const [since = Infinity] = changes.find(([, steps]) => steps > (changes[0]?.[1] ?? 0)) ?? [];
  const rest = points.filter(({ step }) => step >= since);
  const [first] = rest;
  return first !== undefined && rest.every(({ lr }) => Math.abs(lr - first.lr) <= allowed(lr, first.lr));
}

/** At most so large a share of the points may bring a new lag: else any slow curve would be one. */
const MOST_CHANGES = 0.34;
const LONGEST_LAG = 0.5;
/** Calls that may all be lost at the start, while a loss scaler looks for its scale. */
const EARLY_CALLS = 20;

/** [step, lag] wherever the lag grows; null when a lag that never shrinks does not explain the log. */
function lagsOf(problem: Problem, base: number, allowed: Allowed): [number, number][] | null {
  const { points, curve, masked } = problem;
  const changes: [number, number][] = [];
  let steps = 0;
  for (const [i, { step }] of points.entries()) {
    const most = Math.max(steps, Math.floor(step * LONGEST_LAG), Math.min(step, EARLY_CALLS * curve.unit));
    const k = masked[i] ? steps : leastLag(problem, i, { base, least: steps, most }, allowed);
    if (k === null) return null;
    if (k > steps || i === 0) changes.push([step, k]);
    steps = k;
    if (changes.length > Math.max(4, points.length * MOST_CHANGES)) return null;
  }
  return changes;
}

/** Lags that are tried one by one, before the schedule is searched for the LR. */
const TRIED_LAGS = 32;

/** The least lag, in calls of the scheduler, that explains a point. */
function leastLag(
  problem: Problem,
  index: number,
  { base, least, most }: { base: number; least: number; most: number },
  allowed: Allowed,
): number | null {
  const { points, curve } = problem;
  const { unit } = curve;
  const { step = 0, lr = Number.NaN } = points[index] ?? {};
  const end = Math.min(most, least + TRIED_LAGS * unit);
  for (let k = least; k <= end; k += unit) {
    const expected = problem.expectOne(index, curve.atStep(step + base - k));
    if (sideOf(lr, expected, allowed) === 0) return k;
  }
  const lags = placesOf(problem, index, allowed)
    .filter(({ from, to }) => from <= step + base - end && to >= step + base - most)
    .map(({ to }) => least + Math.max(0, Math.ceil((step + base - to - least) / unit)) * unit)
    .filter((k) => k > end && k <= most);
  return lags.length > 0 ? Math.min(...lags) : null;
}

const PROBES = 4;

/**
 * The k for which points `from` to `to` show the schedule's steps step + k; null: none, or several that differ in more
 * than what the log can tell. Of several, a restart (step + k = 0 between the point before and the first) goes first.
 * @param anchor the point whose place in the schedule is looked for; before its beginning all places are alike
 */
export function shiftOf(
  problem: Problem,
  from: number,
  to: number,
  allowed: Allowed,
  offset = 0,
  anchor = from,
): number | null {
  const { curve } = problem;
  const probes = Array.from(
    { length: PROBES },
    (_, k) => from + Math.floor((k * (to - 1 - from)) / (PROBES - 1)),
  );
  const shiftsAt = (index: number) => shiftsOf(problem, index, allowed, offset);
  const all = probes.reduce((left, index) => intersection(left, shiftsAt(index)), shiftsAt(anchor));
  const stretch = {
    from,
    to,
    at: shiftsAt,
    expected: (shift: number) => problem.expect((step) => curve.atStep(step + offset + shift)),
  };
  const earliest = { ...stretch, choose: (left: readonly Interval[]) => left[0]?.from ?? null };
  const restart = sought(problem, intersection(all, restarts(problem, from, offset)), earliest, allowed);
  if (restart !== null) return restart;
  const { step = 0 } = problem.points[anchor] ?? {};
  const nearest = { ...stretch, choose: (left: readonly Interval[]) => nearestToZero(left, curve.unit) };
  return sought(problem, intersection(all, [{ from: -step, to: Infinity }]), nearest, allowed);
}

/** The shifts that bring a point to a place of the schedule with its LR. Before its beginning it stands still. */
function shiftsOf(problem: Problem, index: number, allowed: Allowed, offset: number): Interval[] {
  if (problem.masked[index]) return [{ from: -Infinity, to: Infinity }];
  const at = stepAt(problem, index) + offset;
  const end = problem.grid.at(-1) ?? 0;
  return placesOf(problem, index, allowed).map(({ from, to }) => ({
    from: from === 0 ? -Infinity : from - at,
    to: to === end ? Infinity : to - at,
  }));
}

/** The shifts with which the schedule begins again after the point before `from`, so that `from` is the first to show it. */
function restarts(problem: Problem, from: number, offset: number): Interval[] {
  const step = stepAt(problem, from);
  const before = from > 0 ? stepAt(problem, from - 1) : step - 1;
  return [{ from: -step - offset, to: Math.min(-1, -before - 1 - offset) }];
}
