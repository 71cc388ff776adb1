import { evidenceOf, type HealthNote } from "./note";
import { brief, type LossCurve, type LossPoint, lrBefore, type LrPoint, stepAt } from "./series";

/** So many values in a row that are not finite are no accident: one alone may be a bad batch. */
const SEVERAL = 3;

/**
 * NaN or infinite values: `critical` when the loss does not come back from them. That is so after several in a row, or
 * when the run `ended` with one.
 */
export function nonfiniteNote(
  metric: string,
  series: readonly LossPoint[],
  lrs: readonly LrPoint[],
  ended: boolean,
): HealthNote | null {
  const point = series.find(({ nonfinite }) => nonfinite > 0);
  if (!point) return null;
  const last = series.findLast(({ nonfinite }) => nonfinite > 0) ?? point;
  const tail = series.slice(series.findLastIndex(({ value }) => Number.isFinite(value)) + 1);
  const inARow = countOf(tail);
  const lost = inARow >= (ended ? 1 : SEVERAL);
  const first = lost ? (tail[0] ?? point) : point;
  const count = countOf(series);
  const before = series.findLast(({ step, value }) => step < first.step && Number.isFinite(value));
  const lr = lrBefore(lrs, first.step);
  return {
    code: "nan",
    severity: lost ? "critical" : "warning",
    metric,
    from_step: first.step,
    to_step: last.step,
    message: lost
      ? `${metric} is not finite from step ${first.step} on${atLr(lr)}. Nothing after it is of use.`
      : `${metric} was not finite ${count} ${count === 1 ? "time" : "times"} from step ${first.step} on${inARow > 0 ? ", its latest value among them" : ", and came back"}.`,
    evidence: evidenceOf({ first_step: first.step, count, last_finite: before?.value ?? null, lr }),
  };
}

const countOf = (points: readonly LossPoint[]): number =>
  points.reduce((sum, { nonfinite }) => sum + nonfinite, 0);

/** The loss gave back more than half of what it had gained. */
const GIVEN_BACK = 0.5;
/** By so many times the noise of a point. */
const CERTAIN = 5;
/** A loss this many times its start, and above it by more than is certain, has exploded, */
const EXPLODED = 1.5;
const FEWEST_EXPLODED = 3;
/** and a fall by less than this share of the start is no recovery. */
const RECOVERED = 0.1;

/**
 * Diverged: the end is above the best by more than half of the whole gain, or the loss exploded and has not come below
 * nine tenths of its start since.
 */
export function divergenceNote(metric: string, curve: LossCurve, lrs: readonly LrPoint[]): HealthNote | null {
  const { start, best, end, noise, points, smooth } = curve;
  const gaveBack = end - best.value > Math.max(GIVEN_BACK * Math.max(0, start - best.value), CERTAIN * noise);
  const high = Math.max(EXPLODED * start, start + CERTAIN * noise);
  // A noisy loss has single values far above its start, so its running median is what has to get there.
  const exploded = start > 0 ? smooth.findIndex((value) => value > high) : -1;
  const often = smooth.filter((value) => value > high).length >= FEWEST_EXPLODED;
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
      lowest_median: best.value,
      lowest_median_step: stepAt(curve, best.index),
      end,
      worst,
      noise,
      lr,
    }),
  };
}

export const atLr = (lr: number | null): string => (lr === null ? "" : ` at an LR of ${brief(lr)}`);
