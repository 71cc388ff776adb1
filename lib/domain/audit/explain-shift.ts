import { OFFSETS } from "./conventions";
import { firstMisfit, type Problem, stepAt, throughout } from "./problem";
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
  return {
    code: "lag",
    from: (changes.find(([, steps]) => steps > 0) ?? first)[0],
    to: throughout(problem).to,
    params: { k: last[1], first_k: first[1], changes: changes.length - 1, at: changes.slice(0, 20) },
  };
};

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
  for (const [i, { step, lr }] of points.entries()) {
    const most = Math.max(steps, Math.floor(step * LONGEST_LAG), Math.min(step, EARLY_CALLS * curve.unit));
    const fitsAt = (k: number) => {
      const expected = problem.expectOne(i, curve.atStep(Math.max(0, step + base - k)));
      return Math.abs(lr - expected) <= allowed(lr, expected);
    };
    let k = steps;
    while (k <= most && !masked[i] && !fitsAt(k)) k += curve.unit;
    if (k > most) return null;
    if (k > steps || i === 0) changes.push([step, k]);
    steps = k;
    if (changes.length > Math.max(4, points.length * MOST_CHANGES)) return null;
  }
  return changes;
}

/** Places in the schedule that are looked at for where a stretch of the log may stand. */
const SEARCHED = 50_000;
const PROBES = 4;
const MOST_RESTARTS = 2000;

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
  const { points, curve } = problem;
  const atStep = (step: number) => curve.atStep(Math.max(0, step + offset));
  const explains = (shift: number) =>
    firstMisfit(
      problem,
      problem.expect((step) => atStep(step + shift)),
      allowed,
      from,
      to,
    ) === to;
  const restart = restarts(problem, from, offset).find((at) => explains(-at));
  if (restart !== undefined) return -restart;
  const probes = Array.from(
    { length: PROBES },
    (_, k) => from + Math.floor((k * (to - 1 - from)) / (PROBES - 1)),
  );
  const plausible = (shift: number) =>
    probes.every((i) => {
      const { step = 0, lr = Number.NaN } = points[i] ?? {};
      const expected = problem.expectOne(i, atStep(step + shift));
      return Math.abs(lr - expected) <= allowed(lr, expected);
    });
  const found = placesOf(problem, anchor, allowed, offset).filter(
    (shift) => plausible(shift) && explains(shift),
  );
  return found.sort((a, b) => Math.abs(a) - Math.abs(b))[0] ?? null;
}

/** The shifts that bring point `from` to a place of the schedule with its LR, as far as the run or the schedule goes. */
function placesOf(problem: Problem, from: number, allowed: Allowed, offset: number): number[] {
  const { points, curve, length } = problem;
  const { unit, atStep } = curve;
  const { step: first = 0, lr = Number.NaN } = points[from] ?? {};
  const span = Math.min(SEARCHED, Math.max(length ?? 0, points.at(-1)?.step ?? 0) + 1);
  const origin = unit > 1 ? first % unit : 0;
  // Cheaper than what is allowed, and never less.
  const most = 2 * allowed(lr, lr);
  const found: number[] = [];
  for (let at = origin; at <= origin + span; at += unit) {
    const expected = problem.expectOne(from, atStep(Math.max(0, at + offset)));
    const apart = Math.abs(lr - expected);
    if (apart <= most && apart <= allowed(lr, expected)) found.push(at - first);
  }
  return found;
}

/** Steps at which the schedule may have begun again for the point `from` to be the first that shows it. */
function restarts({ points }: Problem, from: number, offset: number): number[] {
  const step = points[from]?.step ?? 0;
  const before = from > 0 ? (points[from - 1]?.step ?? 0) : step - 1;
  const candidates: number[] = [];
  for (let at = step; at > before && candidates.length < MOST_RESTARTS; at -= 1) candidates.push(at + offset);
  return candidates.filter((at) => at > 0);
}
