import type { CompiledSchedule } from "@/lib/domain/schedules/declared";
import { type Convention, misfits, OFFSETS } from "./conventions";
import { gridUpTo } from "./intervals";
import { type Problem, stepAt, throughout } from "./problem";
import type { Explanation, FindingParams } from "./report";
import { halfPrecision, printingsOf } from "./rounding";
import type { Allowed } from "./tolerance";

/** A log of 16-bit floats follows its schedule as far as they tell. */
export function halfNote(problem: Problem, { expected }: Convention): Explanation | null {
  const half = halfPrecision(problem.points.map(({ lr }) => lr));
  if (!half || misfits(problem, expected, asDoubles).length < LEAST_ROUNDED) return null;
  const { format, digits } = half;
  return { code: "half_precision", ...throughout(problem), params: { format, digits } };
}

/** Points whose rounding shows before it is spoken of. */
const LEAST_ROUNDED = 3;
const DOUBLE = 1e-6;
const asDoubles: Allowed = (actual, expected) => DOUBLE * Math.max(Math.abs(actual), Math.abs(expected));

/** What was logged instead of the LR itself, and the LRs that it shows. */
interface Reading {
  found: Explanation;
  expected: Float64Array;
}

/** Points of a log that show how it prints, and different values among them. */
const LEAST_PRINTED = 8;
const LEAST_VALUES = 2;
/** What lies as near to the edge of a rounding may fall on either side. */
const EDGE = 1e-6;

/** Every value is the declared one with the few digits that the log keeps. */
export function rounded(problem: Problem): Reading | null {
  const { points, curve, masked } = problem;
  const lrs = points.map(({ lr }) => lr);
  if (lrs.length < LEAST_PRINTED || new Set(lrs).size < LEAST_VALUES) return null;
  for (const { params, printed } of printingsOf(lrs)) {
    for (const offset of OFFSETS) {
      const expected = problem.expect((step) => curve.atStep(step + offset));
      const prints = (lr: number, exact = Number.NaN) =>
        [exact, exact * (1 - EDGE), exact * (1 + EDGE)].some((near) => printed(near) === lr);
      if (!lrs.every((lr, i) => masked[i] || prints(lr, expected[i]))) continue;
      return { found: { code: "rounded", ...throughout(problem), params }, expected };
    }
  }
  return null;
}

/** Fewer means than this tell little. */
const LEAST_MEANS = 8;
/** Steps of a window that are looked at, of all that are averaged. */
const MOST_AVERAGED = 128;

/** What was logged are means of the LR, over the steps since the point before or since the start. */
export function averaged(problem: Problem): Reading | null {
  const { points, tolerances } = problem;
  if (points.length < LEAST_MEANS) return null;
  for (const allowed of [tolerances.tight, tolerances.loose]) {
    for (const offset of OFFSETS) {
      const windows = windowsOf(problem, offset);
      if (windows === null) return null;
      for (const [since, means] of Object.entries(meansOf(windows))) {
        const expected = problem.apply(means);
        // The first window may have begun before the run.
        const off = misfits(problem, expected, allowed).filter((index) => index > 0);
        if (off.length > 0) continue;
        const params: FindingParams = { since };
        if (since === "point") params.steps = stepAt(problem, 1) - stepAt(problem, 0);
        return { found: { code: "averaged", ...throughout(problem), params }, expected };
      }
    }
  }
  return null;
}

interface Averaged {
  /** Steps of the window, and the mean of the declared LR over them. */
  steps: number;
  mean: number;
}

/** The steps up to each point, from the one before. Null: the points lie side by side, there is nothing to average. */
function windowsOf({ points, curve }: Problem, offset: number): Averaged[] | null {
  const windows = points.map(({ step }, i) => {
    const before = points[i - 1]?.step ?? Math.min(-1, 2 * step - (points[1]?.step ?? step));
    const looks = gridUpTo(step, before + 1, MOST_AVERAGED);
    const sum = looks.reduce((total, at) => total + curve.atStep(at + offset), 0);
    return { steps: step - before, mean: sum / looks.length };
  });
  return windows.slice(1).every(({ steps }) => steps <= 1) ? null : windows;
}

function meansOf(windows: readonly Averaged[]) {
  let [steps, sum] = [0, 0];
  const cumulative = windows.map((window) => {
    steps += window.steps;
    sum += window.mean * window.steps;
    return sum / steps;
  });
  return {
    point: Float64Array.from(windows, ({ mean }) => mean),
    start: Float64Array.from(cumulative),
  };
}

/** The library raises before the run is over. */
export function pastEnd(problem: Problem, compiled: CompiledSchedule): Explanation | null {
  const { to } = throughout(problem);
  const until = Math.max(to, (problem.totalSteps ?? 0) - 1);
  const raised = compiled.raisesBy(until);
  if (raised === null) return null;
  const { step, type, message } = raised;
  const params = { step, type, message, until: to + 1 };
  return { code: "past_end", from: step, to: Math.max(step, to), params };
}
