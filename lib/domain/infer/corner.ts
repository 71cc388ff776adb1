import { at } from "./at";
import { through, zeroBetween } from "./interpolation";
import { digitsOf } from "./roundness";
import { isRounded, same, type Series } from "./series";

/** Points after the corner that tell how the curve went on from there. */
const AFTER = 4;
const MOST_LENGTHS = 5;
/** How well the corner is known, in steps: of a rounded log less. */
const NEAR = 1;
const NEAR_IF_ROUNDED = 3;

/**
 * Where the warmup may end, in whole steps from the point before `index` to it, the likeliest first. Of a line it is where the
 * line meets the curve that comes after it, of another shape a round number of steps.
 */
export function lengthsAt(series: Series, index: number): number[] {
  const [before, end] = [at(series.steps, index - 1), at(series.steps, index)];
  const all = wholeSteps(before, end);
  const met = isLine(series, index) ? meeting(series, index) : null;
  const far = (length: number) => Math.abs(length - (met ?? length));
  const byRoundness = (a: number, b: number) => digitsOf(a) - digitsOf(b);
  if (met === null || met < before || met > end) return all.sort(byRoundness).slice(0, MOST_LENGTHS);
  const near = isRounded(series) ? NEAR_IF_ROUNDED : NEAR;
  return all
    .filter((length) => far(length) <= near)
    .sort((a, b) => far(a) - far(b))
    .slice(0, MOST_LENGTHS);
}

/** Between two points that are farther apart there are too many steps to try them all. */
const MOST_STEPS = 1000;

function wholeSteps(before: number, end: number): number[] {
  const count = end - before + 1;
  const stride = Math.max(1, Math.ceil(count / MOST_STEPS));
  return Array.from({ length: Math.ceil(count / stride) }, (_, i) => end - i * stride);
}

/** Whether the points before `index` lie on a line: three or more, or two with the 0 of step 0. */
export function isLine(series: Series, index: number): boolean {
  if (index < 2) return false;
  const line = lineBefore(series, index);
  if (index === 2 && !same(series, line(0), 0)) return false;
  return series.steps.slice(0, index).every((step, i) => same(series, line(step), at(series.lrs, i)));
}

/** The line through the first point and the last one before `index`. */
export function lineBefore({ steps, lrs }: Series, index: number): (step: number) => number {
  const [s0, s1, y0, y1] = [at(steps, 0), at(steps, index - 1), at(lrs, 0), at(lrs, index - 1)];
  const slope = (y1 - y0) / (s1 - s0);
  return (step) => y0 + slope * (step - s0);
}

/** The step at which the line meets the curve, which is continued backwards from its first points; null: nowhere near. */
function meeting(series: Series, index: number): number | null {
  const { steps, lrs } = series;
  const line = lineBefore(series, index);
  const [xs, ys] = [steps.slice(index, index + AFTER), lrs.slice(index, index + AFTER)];
  const apart = (step: number) => line(step) - through(xs, ys, step);
  const [low, high] = [at(steps, index - 1), at(steps, index)];
  return xs.length >= 2 && apart(high) >= 0 ? zeroBetween(apart, low, high) : null;
}
