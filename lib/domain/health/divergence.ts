import { evidenceOf, type HealthNote } from "./note";
import { brief, type LossCurve, type LossPoint, lrBefore, type LrPoint, stepAt } from "./series";

/** NaN or infinite values: `critical` when the loss never comes back from them. */
export function nonfiniteNote(
  metric: string,
  series: readonly LossPoint[],
  lrs: readonly LrPoint[],
): HealthNote | null {
  const first = series.findIndex(({ nonfinite }) => nonfinite > 0);
  const point = series[first];
  if (!point) return null;
  const last = series.findLastIndex(({ nonfinite }) => nonfinite > 0);
  const to_step = series[last]?.step ?? point.step;
  const lost = last === series.length - 1 && !Number.isFinite(series[last]?.value);
  const count = series.reduce((sum, { nonfinite }) => sum + nonfinite, 0);
  const before = series.slice(0, first).findLast(({ value }) => Number.isFinite(value));
  const lr = lrBefore(lrs, point.step);
  return {
    code: "nan",
    severity: lost ? "critical" : "warning",
    metric,
    from_step: point.step,
    to_step,
    message: lost
      ? `${metric} is not finite from step ${point.step} on${atLr(lr)}. Nothing after it is of use.`
      : `${metric} was not finite ${count} ${count === 1 ? "time" : "times"} from step ${point.step} on, and came back.`,
    evidence: evidenceOf({ first_step: point.step, count, last_finite: before?.value ?? null, lr }),
  };
}

/** The loss gave back more than half of what it had gained. */
const GIVEN_BACK = 0.5;
/** By so many times the noise of a point. */
const CERTAIN = 5;
/** A loss this many times its start has exploded, */
const EXPLODED = 1.5;
const FEWEST_EXPLODED = 3;
/** and a fall by less than this share of the start is no recovery. */
const RECOVERED = 0.1;

/**
 * Diverged: the end is above the best by more than half of the whole gain, or the loss exploded and has not come below
 * nine tenths of its start since.
 */
export function divergenceNote(metric: string, curve: LossCurve, lrs: readonly LrPoint[]): HealthNote | null {
  const { start, best, end, noise, points } = curve;
  const gaveBack = end - best.value > Math.max(GIVEN_BACK * Math.max(0, start - best.value), CERTAIN * noise);
  const exploded = start > 0 ? points.findIndex(({ max }) => max > EXPLODED * start) : -1;
  const often = points.filter(({ max }) => max > EXPLODED * start).length >= FEWEST_EXPLODED;
  const never = exploded >= 0 && often && end > start - Math.max(noise, RECOVERED * start);
  if (!gaveBack && !never) return null;
  const index = gaveBack ? best.index : exploded;
  const at = stepAt(curve, index);
  const lr = lrBefore(lrs, at);
  const worst = points.reduce((most, { max }) => Math.max(most, max), -Infinity);
  const message = gaveBack
    ? `${metric} fell to ${brief(best.value)} by step ${at}${atLr(lr)}, then rose to ${brief(end)} and stayed there.`
    : `${metric} rose to ${brief(worst)} early${atLr(lr)} and has hardly come below its start of ${brief(start)} since.`;
  return {
    code: "diverged",
    severity: "critical",
    metric,
    from_step: at,
    to_step: points.at(-1)?.step ?? at,
    message,
    evidence: evidenceOf({
      start,
      best: best.value,
      best_step: stepAt(curve, best.index),
      end,
      worst,
      noise,
      lr,
    }),
  };
}

export const atLr = (lr: number | null): string => (lr === null ? "" : ` at an LR of ${brief(lr)}`);
