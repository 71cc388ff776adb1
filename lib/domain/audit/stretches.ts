import { isNative } from "@/lib/domain/schedules/declared";
import { libraryOf } from "@/lib/domain/schedules/library-of";
import { OFFSETS } from "./conventions";
import type { Hypothesis } from "./explain-simple";
import { warmupSteps } from "./explain-warmup";
import { expectedWith, type Fitted, fittedParameter, paramsOf } from "./explain-parameter";
import { gridUpTo, type Interval, intersection, placesWhere } from "./intervals";
import { sideOf, sought } from "./places";
import { firstMisfit, fits, narrowed, type Problem, stepAt } from "./problem";
import type { FindingParams } from "./report";
import type { Segment, Shown } from "./segment";
import { movesOf } from "./time-scale";
import type { Allowed } from "./tolerance";

/** What became of the schedule itself from a point on, where neither a shift nor a change of the LR is all of it. */
export function scheduleChanged(
  problem: Problem,
  shown: Shown,
  from: number,
  allowed: Allowed,
): (Segment | null)[] {
  const likely = [
    otherParameter(problem, shown, from, allowed),
    otherPace(problem, shown, from, allowed),
    startedFromLoaded(problem, shown, from, allowed),
  ];
  const all = likely.some((segment) => segment?.to === problem.points.length);
  return all ? likely : [...likely, wentOnWithAnother(problem, shown, from, allowed)];
}

/** A jump of the log, as a share of the larger LR. A log that jumps more often does not show stretches that way. */
const JUMP = 0.02;
const MOST_JUMPS = 6;
/** Points at which the log is back on its schedule. */
const BACK = 3;

/** Where a stretch may end: with the log, where it is back on the declared schedule, or where it jumps. */
function endsOf({ points, tolerances }: Problem, { expected }: Shown, from: number): number[] {
  const n = points.length;
  const fits = (i: number) =>
    Math.abs((points[i]?.lr ?? NaN) - (expected[i] ?? NaN)) <=
    tolerances.loose(points[i]?.lr ?? NaN, expected[i] ?? NaN);
  const back = points.findIndex((_, i) => i > from && i + BACK <= n && fits(i) && fits(i + 1) && fits(i + 2));
  const jumps = points.flatMap(({ lr }, i) => {
    const before = points[i - 1]?.lr ?? lr;
    return i > from && Math.abs(lr - before) > JUMP * Math.max(Math.abs(lr), Math.abs(before)) ? [i] : [];
  });
  return [...new Set([n, ...(back > 0 ? [back] : []), ...(jumps.length > MOST_JUMPS ? [] : jumps)])];
}

const searches = new WeakMap<Problem, Map<string, (allowed: Allowed) => Fitted | null>>();

/** What a stretch shows of each parameter, worked out once however exactly a fit is asked for. */
function searchIn(problem: Problem, from: number, to: number, offset: number) {
  const known = searches.get(problem) ?? new Map<string, (allowed: Allowed) => Fitted | null>();
  searches.set(problem, known);
  const key = `${from} ${to} ${offset}`;
  const indices = Array.from({ length: to - from }, (_, i) => from + i);
  const stretch = { ...narrowed(problem, indices), tries: problem.triesInStretches };
  const search = known.get(key) ?? fittedParameter(stretch, [offset]);
  known.set(key, search);
  return search;
}

/** The schedule with another number in it: resumed with a longer total, say. */
function otherParameter(problem: Problem, shown: Shown, from: number, allowed: Allowed): Segment | null {
  const { offset } = shown;
  for (const end of endsOf(problem, shown, from)) {
    const found =
      from === 0 && end === problem.points.length ? null : searchIn(problem, from, end, offset)(allowed);
    const expected = found && expectedWith(problem, found.leaf.with(found.fitted), offset);
    if (!found || !expected) continue;
    return {
      from,
      to: firstMisfit(problem, expected, allowed, from),
      found: { code: "parameter", params: paramsOf(found) },
      at: firstExplained(problem, expected, from, allowed),
      expected,
    };
  }
  return null;
}

/**
 * The schedule with another number in it, from the LR that had been reached: torch's recursions do so when they are made
 * for a resumed optimizer with `last_epoch`.
 */
function wentOnWithAnother(problem: Problem, shown: Shown, from: number, allowed: Allowed): Segment | null {
  const { declared, changes, grid, curve } = problem;
  const isTorch = !isNative(declared) && libraryOf(declared) === "torch";
  if (from === 0 || !isTorch || changes.length > 0) return null;
  const lowest = grid.reduce((least, step) => Math.min(least, curve.atStep(step)), Infinity);
  for (const floor of new Set([lowest, 0])) {
    const found = goingOn(problem, shown, { from, floor }, allowed);
    if (found) return found;
  }
  return null;
}

/** The same, where what goes on is the height above a floor. */
function goingOn(
  problem: Problem,
  { offset, expected: before }: Shown,
  { from, floor }: { from: number; floor: number },
  allowed: Allowed,
): Segment | null {
  const { points, tolerances, triesInStretches: tries } = problem;
  const { lr: reached = NaN } = points[from] ?? {};
  const raisedAt = (index: number) => (declared: Float64Array) => {
    const share = (reached - floor) / ((declared[index] ?? NaN) - floor);
    return declared.map((lr) => floor + share * (lr - floor));
  };
  const rest = narrowed(
    problem,
    Array.from({ length: points.length - from }, (_, i) => from + i),
  );
  const found = fittedParameter({ ...rest, tries, apply: raisedAt(0), rebased: true }, [offset])(allowed);
  const whole = { ...problem, tries, apply: raisedAt(from) };
  const expected = found && expectedWith(whole, found.leaf.with(found.fitted), offset);
  if (!found || !expected) return null;
  // It went on from there: it did not jump.
  const [from_lr = NaN, other = NaN] = [before[from - 1], expected[from - 1]];
  if (Math.abs(other - from_lr) > Math.abs(from_lr - reached) + tolerances.loose(other, from_lr)) return null;
  const params: FindingParams = { ...paramsOf(found), from_lr };
  const to = firstMisfit(problem, expected, allowed, from);
  return { from, to, found: { code: "parameter", params }, expected };
}

/** The step of the first point of those up to `from` that the expected LRs explain. */
function firstExplained(problem: Problem, expected: Float64Array, from: number, allowed: Allowed): number {
  let first = from;
  while (first > 0 && firstMisfit(problem, expected, allowed, first - 1, first) === first) first -= 1;
  return stepAt(problem, first);
}

/** So far back, as a share of the points, what happened may not have shown. */
const UNSEEN = 0.1;
const LOOKS = 64;
const LEAST_POINTS = 12;

/** A step since which something is so, from the LRs that it leads to. */
interface Since {
  /** The declared LR at a step, had it begun at `since`. */
  at: (since: number, step: number) => number;
}

/** The step since which it is so, of those that explain the rest of the log from `from` on. */
function sinceWhen(problem: Problem, from: number, allowed: Allowed, { at }: Since): number | null {
  const { points } = problem;
  const n = points.length;
  if (n - from < LEAST_POINTS) return null;
  const first = Math.max(0, Math.min(from - 1 - Math.ceil(UNSEEN * n), lastMove(problem, from, allowed)));
  const grid = gridUpTo(stepAt(problem, from), stepAt(problem, first), LOOKS);
  const placesAt = (index: number): Interval[] => {
    const { step = 0, lr = NaN } = points[index] ?? {};
    return placesWhere((since) => sideOf(lr, problem.expectOne(index, at(since, step)), allowed), grid);
  };
  const ends = intersection(placesAt(n - 1), placesAt(Math.floor((from + n) / 2)));
  const stretch = {
    from,
    to: n,
    at: placesAt,
    expected: (since: number) => problem.expect((step) => at(since, step)),
    choose: (left: readonly Interval[]) => left.at(-1)?.to ?? null,
  };
  return sought(problem, ends, stretch, allowed);
}

/** The last point before `from` at which the LR moved: while it stands still nothing shows. */
function lastMove({ points }: Problem, from: number, allowed: Allowed): number {
  const stood = points[from - 1]?.lr ?? NaN;
  return points.findLastIndex(({ lr }, i) => i < from && Math.abs(lr - stood) > allowed(lr, stood));
}

/** Moves of the LR that tell a pace from a standstill. */
const MOVES = 2;
const PACES = [2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 50, 64, 100, 128, 256];

/** From the end of the warmup on: where a shorter total would explain as much, this is likelier. */
export const paceAfterWarmup: Hypothesis = (problem, allowed) => {
  const since = warmupSteps(problem);
  if (since === null) return null;
  const { points } = problem;
  const after = points.filter(({ step }) => step > since);
  if (after.length < LEAST_POINTS || movesOf({ ...problem, points: after }, allowed) < MOVES) return null;
  for (const N of pacesOf(problem))
    for (const offset of OFFSETS) {
      const expected = problem.expect((step) => pacedAt(problem, N, since, step + offset));
      if (!fits(problem, expected, allowed)) continue;
      const params = { N, cadence: N > 1 ? "several" : "seldom", since };
      return { code: "time_scale", from: since, to: stepAt(problem, points.length - 1), params };
    }
  return null;
};

function pacesOf({ curve, stepsPerEpoch }: Problem): number[] {
  const whole = [...PACES, ...(stepsPerEpoch === null ? [] : [stepsPerEpoch]), curve.unit].filter(
    (n) => n > 1,
  );
  return [...whole, ...whole.map((n) => 1 / n)];
}

/** Keeps a whole number of calls whole. */
const NOISE = 1e-9;

/** The LR after `step` updates of which those after `since` made N calls each. */
function pacedAt({ curve }: Problem, N: number, since: number, step: number): number {
  const counted = step - since;
  return curve.atStep(since + (counted > 0 ? Math.floor(counted * N + NOISE) : counted));
}

/** From a step on the scheduler is stepped several times an update, or only now and then. */
function otherPace(problem: Problem, { offset }: Shown, from: number, allowed: Allowed): Segment | null {
  if (from === 0) return null;
  for (const N of pacesOf(problem)) {
    const at = (since: number, step: number) => pacedAt(problem, N, since, step + offset);
    const since = sinceWhen(problem, from, allowed, { at });
    if (since === null) continue;
    const params = { N, cadence: N > 1 ? "several" : "seldom", since };
    const expected = problem.expect((step) => at(since, step));
    return { from, to: problem.points.length, found: { code: "time_scale", params }, at: since, expected };
  }
  return null;
}

/**
 * Begun again from the LR that it had reached, over its own length or over what was left: a scheduler that is made anew
 * for an optimizer whose state was loaded.
 */
export function startedFromLoaded(
  problem: Problem,
  { offset }: Shown,
  from: number,
  allowed: Allowed,
): Segment | null {
  const { curve, points, length, grid } = problem;
  const base = curve.atStep(0);
  const lowest = grid.reduce((least, step) => Math.min(least, curve.atStep(step)), Infinity);
  const end = length ?? problem.totalSteps ?? (points.at(-1)?.step ?? 0) + 1;
  if (from === 0) return null;
  for (const floor of new Set([lowest, 0])) {
    for (const left of [false, true]) {
      if (base === floor) continue;
      const at = (since: number, step: number) => {
        const loaded = curve.atStep(since + offset);
        const counted = step + offset - since;
        if (counted <= 0) return curve.atStep(step + offset);
        const place = left ? (counted * end) / Math.max(1, end - since) : counted;
        return floor + ((loaded - floor) / (base - floor)) * (curve.between(place, 0, end) - floor);
      };
      const since = sinceWhen(problem, from, allowed, { at });
      if (since === null) continue;
      const from_lr = curve.atStep(since + offset);
      const params: FindingParams = { restart_step: since, from_lr };
      if (left) params.length = end - since;
      const expected = problem.expect((step) => at(since, step));
      return { from, to: points.length, found: { code: "restarted", params }, at: since, expected };
    }
  }
  return null;
}
