import { OFFSETS, startingOffset } from "./conventions";
import { middle, nice } from "./explain-simple";
import { beginsAnew, shiftOf } from "./explain-shift";
import { gridUpTo, placesWhere } from "./intervals";
import { sideOf } from "./places";
import { firstMisfit, type Problem, stepAt } from "./problem";
import type { Explanation, FindingParams } from "./report";
import type { Segment, Shown } from "./segment";
import { scheduleChanged, startedFromLoaded } from "./stretches";
import type { Allowed } from "./tolerance";

const MOST_SEGMENTS = 12;
/** Points that a stretch must have before it is explained by itself. */
const LEAST_POINTS = 3;
/** Share of the run. A schedule that begins again sooner, without a jump to show it, has lost a few steps instead. */
const SOON = 0.05;

/**
 * Cuts the log where one explanation ends and another begins (resumes, changes by hand), each stretch explained by the
 * one that reaches farthest. Null when some stretch has none, or when it falls into too many.
 */
export function segmentsOf(problem: Problem, allowed: Allowed): Explanation[] | null {
  const first = startingOffset(problem);
  let best: Explanation[] | null = null;
  // Before the first jump of a schedule by steps the offset does not show.
  for (const offset of [first, ...OFFSETS.filter((other) => other !== first)]) {
    const found = cutAt(problem, offset, allowed);
    if (found && (best === null || found.length < best.length)) best = found;
    if (best && best.length <= 1) break;
  }
  return best;
}

function cutAt(problem: Problem, offset: number, allowed: Allowed): Explanation[] | null {
  const n = problem.points.length;
  const segments: Segment[] = [];
  const declared = problem.expect((step) => problem.curve.atStep(step + offset));
  let shown: Shown = { offset, expected: declared };
  let from = 0;
  while (from < n && segments.length < MOST_SEGMENTS) {
    const segment = longest(problem, shown, from, allowed);
    if (!segment) return null;
    segments.push(segment);
    from = segment.to;
    // What happens after a schedule began again happens to that one, unless the log is back on the declared one.
    const back = firstMisfit(problem, declared, allowed, from, Math.min(n, from + LEAST_POINTS)) > from;
    if (back) shown = { offset, expected: declared };
    else if (segment.expected) shown = { offset, expected: segment.expected };
  }
  if (from < n) return null;
  return segments.flatMap(({ found, at, ...range }) =>
    found && range.to - range.from >= LEAST_POINTS
      ? [{ ...found, from: at ?? stepAt(problem, range.from), to: stepAt(problem, range.to - 1) }]
      : [],
  );
}

function longest(problem: Problem, shown: Shown, from: number, allowed: Allowed): Segment | null {
  const { expected } = shown;
  const n = problem.points.length;
  const followed = firstMisfit(problem, expected, problem.tolerances.loose, from);
  if (followed === n || followed - from >= LEAST_POINTS) return { from, to: followed, found: null };
  const moved = shifted(problem, shown, from, allowed);
  const change = changed(problem, expected, from, allowed);
  const sure = [moved, change].some((segment) => segment?.to === n && segment.found?.params.kind !== "moved");
  const candidates = [
    ...(sure ? anew(problem, shown, moved, allowed) : scheduleChanged(problem, shown, from, allowed)),
    ...(moved?.found?.code === "restarted" ? [moved, change] : [change, moved]),
    ...(followed > from ? [{ from, to: followed, found: null }] : []),
  ].filter((segment) => segment !== null);
  const best = candidates.reduce<Segment | null>(
    (top, next) => (top === null || next.to - top.to > 0 ? next : top),
    null,
  );
  return best && (best.to - best.from >= LEAST_POINTS || best.to === n || best.found === null) ? best : null;
}

/** More calls than these are not lost one by one. */
const FEW_CALLS = 4;

/** A staircase that runs late may have begun again where it stood: as it does that is made for a loaded optimizer. */
function anew(problem: Problem, shown: Shown, moved: Segment | null, allowed: Allowed): (Segment | null)[] {
  const late = moved?.found?.code === "lag" && Number(moved.found.params.k) > FEW_CALLS * problem.curve.unit;
  return late ? [startedFromLoaded(problem, shown, moved.from, allowed)] : [];
}

/** From here on the schedule's step s + k: begun again, gone back to an older state, or run ahead. */
function shifted(problem: Problem, shown: Shown, from: number, allowed: Allowed): Segment | null {
  const n = problem.points.length;
  const known = Math.min(n, from + LEAST_POINTS + 2);
  if (known - from < LEAST_POINTS) return null;
  const { offset } = shown;
  const shift = shiftOf(problem, from, n, allowed, offset) ?? shiftOf(problem, from, known, allowed, offset);
  if (shift === null || shift === 0) return null;
  const expected = problem.expect((step) => problem.curve.atStep(Math.max(0, step + offset + shift)));
  const to = firstMisfit(problem, expected, allowed, from);
  const soon = -shift < SOON * stepAt(problem, n - 1) && -shift + offset < stepAt(problem, from);
  const seen = from > 0 || beginsAnew(problem, -shift);
  if (shift < 0 && !soon && seen && beganAt(problem, expected, from, allowed) <= -shift - offset)
    return { from, to, found: { code: "restarted", params: { restart_step: -shift } }, expected };
  const code = shift < 0 ? "lag" : "offset";
  return { from, to, found: { code, params: { k: Math.abs(shift) } } };
}

/** The step from which on the expected LRs explain the log, should that be before point `from`: it may not have shown. */
function beganAt(problem: Problem, expected: Float64Array, from: number, allowed: Allowed): number {
  let first = from;
  while (first > 0 && firstMisfit(problem, expected, allowed, first - 1, first) === first) first -= 1;
  return first > 0 ? stepAt(problem, first - 1) + 1 : 0;
}

/** From here on held, scaled, or both (torch's recursive cosine goes on from a changed LR towards its floor). */
function changed(problem: Problem, expected: Float64Array, from: number, allowed: Allowed): Segment | null {
  const { points } = problem;
  const n = points.length;
  const lrs = points.map(({ lr }) => lr);
  const first = lrs[from] ?? Number.NaN;
  const reach = (rule: (lr: number) => number) => firstMisfit(problem, expected.map(rule), allowed, from);
  const factor = nice(
    middle(lrs.slice(from, from + 5).map((lr, i) => lr / (expected[from + i] ?? Number.NaN))),
  );
  const line = lineThrough(expected, lrs, from, n);
  const ways: { to: number; params: FindingParams }[] = [
    { to: reach(() => first), params: { kind: "held", lr: first } },
    { to: reach((lr) => lr * factor), params: { kind: "scaled", factor } },
    ...(line ? [{ to: reach(line), params: { kind: "moved", lr: first } }] : []),
  ];
  const best = ways.reduce((top, next) => (next.to > top.to ? next : top));
  if (best.to <= from) return null;
  const before = { ...jumpAt(problem, expected, from), to_lr: first };
  const stopped = best.params.kind === "held" && from > 0 ? stoppedAt(problem, from, allowed) : null;
  const code = stopped === null ? ("external_change" as const) : ("never_stepped" as const);
  return { from, to: best.to, found: { code, params: { ...best.params, ...before } }, at: stopped };
}

/** What the LR was before, and whether it jumped, which the schedule did not. */
function jumpAt(
  { points, tolerances: { loose } }: Problem,
  expected: Float64Array,
  from: number,
): FindingParams {
  const declared_lr = expected[from] ?? Number.NaN;
  const [before, here] = [points[from - 1]?.lr, points[from]?.lr ?? Number.NaN];
  if (before === undefined) return { declared_lr, jump: false };
  const moved = (a: number, b: number) => Math.abs(a - b) > loose(a, b);
  const jump =
    moved(here, before) && Math.abs(here - before) > Math.abs(declared_lr - (expected[from - 1] ?? before));
  return { from_lr: before, declared_lr, jump };
}

/** Steps of the standstill at which it is looked where the schedule had that LR. */
const LOOKED_BACK = 64;

/** The first step that still has the LR of the step before, when point `from` has an LR that the schedule had just then. */
function stoppedAt({ points, curve }: Problem, from: number, allowed: Allowed): number | null {
  const { step: last = 0, lr = Number.NaN } = points[from] ?? {};
  const stands = points.findLastIndex(
    (point, i) => i < from && Math.abs(point.lr - lr) > allowed(point.lr, lr),
  );
  // It may have reached that LR just after the last point that has another.
  const first = points[Math.max(0, stands)]?.step ?? 0;
  const had = placesWhere(
    (step) => sideOf(lr, curve.atStep(step), allowed),
    gridUpTo(last - 1, first, LOOKED_BACK),
  );
  const latest = had.at(-1);
  if (!latest) return null;
  const distance = (step: number) => Math.abs(lr - curve.atStep(step));
  const looks = gridUpTo(latest.to, latest.from, LOOKED_BACK);
  return looks.reduce((best, step) => (distance(step) <= distance(best) ? step : best)) + 1;
}

/** a·lr + b through two points of the stretch; null where the schedule stands still. */
function lineThrough(expected: Float64Array, lrs: readonly number[], from: number, to: number) {
  const [x0 = 0, y0 = 0] = [expected[from], lrs[from]];
  const last = Math.max(from, to - 1);
  const [x1 = 0, y1 = 0] = [expected[last], lrs[last]];
  if (last - from < 5 || x0 === x1) return null;
  const slope = (y1 - y0) / (x1 - x0);
  return (lr: number) => y0 + slope * (lr - x0);
}

/** Points on the schedule between two stretches that are off it. */
const BETWEEN = 3;
const MOST_STRETCHES = 8;

/** Points off the schedule that follow no rule we know, by stretches. */
export function unexplained(problem: Problem, off: readonly number[]): Explanation[] {
  const stretches: { first: number; last: number }[] = [];
  for (const index of off) {
    const open = stretches.at(-1);
    // Among many points off it a few are on it by chance.
    if (open && index - open.last <= Math.max(BETWEEN, open.last - open.first)) open.last = index;
    else stretches.push({ first: index, last: index });
  }
  const told =
    stretches.length > MOST_STRETCHES ? [{ first: off[0] ?? 0, last: off.at(-1) ?? 0 }] : stretches;
  return told.map(({ first, last }) => ({
    code: "unexplained" as const,
    from: stepAt(problem, first),
    to: stepAt(problem, last),
    params: {},
  }));
}
