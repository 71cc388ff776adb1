import { median } from "@/lib/domain/stats/median";
import { slidingMedian } from "@/lib/domain/stats/sliding-median";
import { evidenceOf, type HealthNote } from "./note";
import { brief, type LossCurve, type LossPoint, scatter } from "./series";

const FEWEST = 8;
/** The rise counts above this share of the best value, */
const LEAST_RISE = 0.05;
/** and so many times the noise from one validation to the next. */
const DEVIATIONS = 3;
/** The training loss has to fall by this share meanwhile. */
const LEAST_FALL = 0.05;

/**
 * Validation loss rising while training loss falls: the median of its last validations is above the median around its
 * best by more than 5 % and three deviations, and the training loss is lower at the end than around that best.
 */
export function overfittingNote(
  metric: string,
  validation: readonly LossPoint[],
  train: LossCurve,
): HealthNote | null {
  const points = validation.filter(({ value }) => Number.isFinite(value));
  if (points.length < FEWEST) return null;
  const values = points.map(({ value }) => value);
  const width = Math.max(2, Math.round(points.length / 20));
  const smooth = slidingMedian(values, -width, width);
  const best = Math.min(...smooth);
  const index = smooth.indexOf(best);
  const end = median(values.slice(-(width + 1)));
  if (points.length - index < 2 * width + 2) return null;
  const noise = scatter(values.slice(index).map((value, i) => value - (smooth[index + i] ?? value)));
  const rise = end - best;
  if (!(rise > Math.max(LEAST_RISE * Math.abs(best), DEVIATIONS * noise))) return null;
  const from_step = points[index]?.step ?? 0;
  const to_step = points.at(-1)?.step ?? from_step;
  const before = trainAround(train, from_step);
  if (!(before - train.end > LEAST_FALL * Math.abs(before))) return null;
  return {
    code: "overfitting",
    severity: rise > 0.2 * Math.abs(best) ? "warning" : "info",
    metric,
    from_step,
    to_step,
    message: `The running median of ${metric} was lowest at step ${from_step} (${brief(best)}) and has risen to ${brief(end)}, while the training loss fell from ${brief(before)} to ${brief(train.end)}.`,
    evidence: evidenceOf({
      // Not called the best, which is a logged value and may be at another step.
      lowest_median: best,
      lowest_median_step: from_step,
      end,
      rise,
      noise,
      train_before: before,
      train_end: train.end,
    }),
  };
}

/** The training loss around a step: the median of a tenth of its points. */
function trainAround({ points }: LossCurve, step: number): number {
  const found = points.findIndex((point) => point.step >= step);
  const index = found === -1 ? points.length - 1 : found;
  const half = Math.ceil(points.length / 20);
  return median(points.slice(Math.max(0, index - half), index + half + 1).map(({ value }) => value));
}
