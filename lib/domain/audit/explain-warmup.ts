import { OFFSETS } from "./conventions";
import type { Hypothesis } from "./explain-simple";
import { gridUpTo } from "./intervals";
import { firstMisfit, fits, type Problem, throughout } from "./problem";
import { MATERIAL } from "./tolerance";

/** A rise is a warmup when it starts well below where it ends. */
const RISES_FROM = 0.9;
const FULL = 0.9;
/** Steps in which a warmup ends, where neither the schedule nor the run says how long it is. */
const LOOKED_AHEAD = 10_000;

/**
 * The declared warmup was not used. What follows it then starts at once and in its own time, or stretched so that it
 * ends with the run, or takes its place after a flat start.
 */
export const warmupMissing: Hypothesis = (problem, allowed) => {
  const { curve, length } = problem;
  const warmup = warmupSteps(problem);
  if (warmup === null) return null;
  const top = curve.atStep(warmup);
  const rest = length === null ? null : (length - warmup) / length;
  const ways: { how: string; at: (step: number) => number }[] = [
    { how: "skipped", at: (step) => curve.atStep(step + warmup) },
    { how: "full_rate", at: (step) => (step < warmup ? top : curve.atStep(step)) },
    ...(rest
      ? [
          {
            how: "stretched",
            at: (step: number) => curve.between(warmup + step * rest, warmup, length ?? Infinity),
          },
        ]
      : []),
  ];
  for (const { how, at } of ways) {
    for (const offset of OFFSETS) {
      const expected = problem.expect((step) => at(Math.max(0, step + offset)));
      if (fits(problem, expected, allowed)) return found(problem, warmup, top, how);
    }
  }
  return startsFull(problem, warmup, top) ? found(problem, warmup, top, "in_place") : null;
};

function found(problem: Problem, warmup: number, top: number, how: string) {
  const { from, to } = throughout(problem);
  const last = how === "skipped" || how === "stretched" ? to : Math.min(to, Math.max(from, warmup - 1));
  return { code: "warmup_missing" as const, from, to: last, params: { warmup_steps: warmup, lr: top, how } };
}

/** Follows the schedule after the warmup, and is nearly at the full rate all through it. */
function startsFull(problem: Problem, warmup: number, top: number): boolean {
  const { points, curve, tolerances } = problem;
  const after = points.findIndex(({ step }) => step >= warmup);
  if (after < 1 || points.length - after < 3) return false;
  const expected = problem.expect(curve.atStep);
  const full = points.slice(0, after).every(({ lr }) => lr >= FULL * top && lr <= top * (2 - FULL));
  return full && firstMisfit(problem, expected, tolerances.loose, after) === points.length;
}

/** The step at which the first rise of the schedule ends; null: it does not rise from its start. */
export function warmupSteps({ curve, length, totalSteps, points }: Problem): number | null {
  const { unit, atTick } = curve;
  const end = Math.max(length ?? totalSteps ?? LOOKED_AHEAD, points.at(-1)?.step ?? 0);
  const rise = firstRise(atTick, Math.ceil(end / unit));
  return rise && atTick(0) < RISES_FROM * atTick(rise) ? rise * unit : null;
}

/** Ticks to the next one that is looked at, as a share of those so far. */
const PACE = 1 / 16;

/** The tick at which the first rise of a curve ends, in as many looks as the tick has digits; null: it does not rise. */
function firstRise(atTick: (tick: number) => number, end: number): number | null {
  let [top, at, before, after] = [atTick(0), 0, 0, end];
  for (let tick = 0; tick < end;) {
    const next = Math.min(end, tick + Math.max(1, Math.floor(tick * PACE)));
    const lr = atTick(next);
    if (lr > top * (1 + MATERIAL * MATERIAL)) [top, at, before, after] = [lr, next, tick, end];
    else if (after === end) after = next;
    if (lr < top * (1 - MATERIAL * MATERIAL) || (next - at > 2 && next > at * 2 + 2)) break;
    tick = next;
  }
  return at > 0 ? topBetween(atTick, before, after) : null;
}

const LOOKS = 16;
/** Values so near to the highest are as high. */
const AS_HIGH = 1 - 1e-12;

/** The first of the highest values of a curve that rises and falls once, perhaps with a level stretch between. */
function topBetween(atTick: (tick: number) => number, first: number, last: number): number {
  let [low, high] = [first, last];
  for (;;) {
    const looks = gridUpTo(high, low, LOOKS);
    const highest = looks.reduce((max, tick) => Math.max(max, atTick(tick)), -Infinity);
    const top = looks.findIndex((tick) => atTick(tick) >= highest * AS_HIGH);
    if (high - low < LOOKS) return looks[top] ?? low;
    [low, high] = [looks[top - 1] ?? low, looks[top + 1] ?? high];
  }
}
