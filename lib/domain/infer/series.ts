import type { Allowed } from "@/lib/domain/audit/tolerance";
import { tolerancesOf } from "@/lib/domain/audit/tolerance";

/** Logged LRs, steps ascending. */
export interface Series {
  steps: readonly number[];
  lrs: readonly number[];
  peak: number;
  allowed: Allowed;
  budget: Budget;
}

/**
 * The work that is left for a log, in values of curves. It counts instead of a clock: the same log always gets the same
 * answer.
 */
export interface Budget {
  left: number;
}

export function seriesOf(steps: readonly number[], lrs: readonly number[], like?: Series): Series {
  const peak = like?.peak ?? lrs.reduce((max, lr) => Math.max(max, Math.abs(lr)), 0);
  const allowed = like?.allowed ?? tolerancesOf(lrs, peak).tight;
  return { steps, lrs, peak, allowed, budget: like?.budget ?? { left: Infinity } };
}

/** Steps ascending, each once: of several values the last. */
export function cleanSeries(steps: readonly number[], lrs: readonly number[]): Series {
  const latest = new Map(steps.map((step, i) => [step, lrs[i] ?? 0]));
  const ascending = [...latest.keys()].sort((a, b) => a - b);
  return seriesOf(
    ascending,
    ascending.map((step) => latest.get(step) ?? 0),
  );
}

/** From the given index on, its steps counted from `origin`. */
export const tailOf = (series: Series, index: number, origin: number): Series =>
  seriesOf(
    series.steps.slice(index).map((step) => step - origin),
    series.lrs.slice(index),
    series,
  );

export const headOf = (series: Series, length: number): Series =>
  seriesOf(series.steps.slice(0, length), series.lrs.slice(0, length), series);

export const same = ({ allowed }: Series, a: number, b: number): boolean =>
  Math.abs(a - b) <= 2 * allowed(a, b);

/** Of the peak: float32 keeps more. */
const COARSE = 1e-5;

/** Whether the log was printed with few digits. */
export const isRounded = ({ peak, allowed }: Series): boolean => allowed(peak, peak) > COARSE * peak;

/** Of what is allowed: a number may be so far off for being shorter, of a log that was printed with few digits all of it. */
const SLACK = 0.2;
export const slackOf = (series: Series): number => (isRounded(series) ? 1 : SLACK);

/** Index of the first point of the constant end; the length of the series when it moves to the last. */
export function restFrom(series: Series): number {
  const { lrs } = series;
  const last = lrs.at(-1) ?? 0;
  let first = lrs.length - 1;
  while (first > 0 && same(series, lrs[first - 1] ?? 0, last)) first -= 1;
  return lrs.length - first >= 2 ? first : lrs.length;
}

/** Index of the point where the first rise ends; 0 where there is none. */
export function riseEnd(series: Series): number {
  const { lrs } = series;
  let top = 0;
  for (let i = 1; i < lrs.length; i += 1) {
    const [best = 0, lr = 0] = [lrs[top], lrs[i]];
    if (same(series, lr, best)) continue;
    if (lr < best) break;
    top = i;
  }
  return top;
}

/** Whether the LR moves in one direction only, or not at all. */
export function isMonotone(series: Series): boolean {
  const { lrs } = series;
  const moves = lrs
    .slice(1)
    .map((lr, i) => (same(series, lr, lrs[i] ?? 0) ? 0 : Math.sign(lr - (lrs[i] ?? 0))));
  return !(moves.includes(1) && moves.includes(-1));
}

const SAMPLED = 32;
const OF_THE_WHOLE = 8;

/** Most of them where the log moves: a decay of 40 steps in front of 1000 at rest is told by those 40. */
export function sampled(series: Series, until = series.steps.length): Pick<Series, "steps" | "lrs"> {
  const { steps, lrs } = series;
  if (until <= SAMPLED) return { steps: steps.slice(0, until), lrs: lrs.slice(0, until) };
  const moving = Math.max(2, Math.min(restFrom(series) + 2, until));
  const spread = (count: number, end: number) =>
    Array.from({ length: count }, (_, k) => Math.round((k * (end - 1)) / (count - 1)));
  const indices = [...new Set([...spread(SAMPLED - OF_THE_WHOLE, moving), ...spread(OF_THE_WHOLE, until)])];
  indices.sort((a, b) => a - b);
  return { steps: indices.map((i) => steps[i] ?? 0), lrs: indices.map((i) => lrs[i] ?? 0) };
}

/** A jump of the log is larger than its neighbours' steps by so much. */
const JUMP = 3;
const LEAST_JUMP = 0.05;

/**
 * Steps of the points before which the LR jumps up: moves far larger than those around them, or, where cycles are so
 * short that there are none, all single moves up.
 */
export function jumpsUp(series: Series): number[] {
  const { steps, lrs, peak } = series;
  const moves = lrs.slice(1).map((lr, i) => (same(series, lr, lrs[i] ?? 0) ? 0 : lr - (lrs[i] ?? 0)));
  const ups = moves.flatMap((move, i) => (move > 0 ? [i] : []));
  const alone = ups.every((i) => !((moves[i - 1] ?? 0) > 0 || (moves[i + 1] ?? 0) > 0));
  const jumps = ups.filter((i) => {
    const around = Math.max(Math.abs(moves[i - 1] ?? 0), Math.abs(moves[i + 1] ?? 0));
    return (moves[i] ?? 0) > LEAST_JUMP * peak && (moves[i] ?? 0) > JUMP * around;
  });
  return (alone ? ups : jumps).map((i) => steps[i + 1] ?? 0);
}
