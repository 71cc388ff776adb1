import { quantile } from "@/lib/domain/stats/quantile";
import { slidingMedian } from "@/lib/domain/stats/sliding-median";
import { evidenceOf, type HealthNote } from "./note";
import { brief, type LossPoint, lrBefore, type LrPoint, scatter } from "./series";

/** A spike stands out of its surroundings by so many deviations, */
const DEVIATIONS = 8;
/** by this factor, */
const FACTOR = 2;
/** and by this share of the range that the loss has gone through: batches of an almost perfect model scatter by factors. */
const OF_RANGE = 0.1;
const FEWEST_POINTS = 50;
const FEWEST_SPIKES = 3;

interface Spike {
  step: number;
  value: number;
  /** Times its surroundings. */
  ratio: number;
}

/** Points on either side that a leap is measured against. */
const SIDE = 8;
const FEWEST_ON_A_SIDE = 3;

/**
 * Points that leap up and fall back: above the higher of the medians on their two sides by more than 8 scaled median
 * absolute deviations of ln loss, twofold, and by a tenth of the loss' own range. Two sides, because a steep fall is no
 * spike. Losses that are not positive have no spikes in this sense.
 */
export function findSpikes(series: readonly LossPoint[]): Spike[] {
  const points = series.filter(({ max }) => Number.isFinite(max));
  if (points.length < FEWEST_POINTS || points.some(({ max }) => max <= 0)) return [];
  const logs = points.map(({ max }) => Math.log(max));
  const surroundings = aroundOf(logs);
  const deviation = scatter(
    logs.flatMap((log, i) => {
      const around = surroundings[i];
      return around === null || around === undefined ? [] : [log - around];
    }),
  );
  const heights = logs.map(Math.exp);
  const range = quantile(heights, 0.95) - quantile(heights, 0.05);
  const least = Math.max(Math.log(FACTOR), DEVIATIONS * deviation);
  return points.flatMap(({ step, max }, i) => {
    const around = surroundings[i];
    if (around === null || around === undefined) return [];
    const height = Math.exp(around);
    const leaps = Math.log(max) - around > least && max - height > OF_RANGE * range;
    return leaps ? [{ step, value: max, ratio: max / height }] : [];
  });
}

/** For each place the higher of the medians before and after it; null too near to an end. */
function aroundOf(values: readonly number[]): (number | null)[] {
  const before = slidingMedian(values, -SIDE, -1);
  const after = slidingMedian(values, 1, SIDE);
  return values.map((_, i) => {
    const isNearEnd = i < FEWEST_ON_A_SIDE || values.length - 1 - i < FEWEST_ON_A_SIDE;
    return isNearEnd ? null : Math.max(before[i] ?? Number.NaN, after[i] ?? Number.NaN);
  });
}

/** A note from three spikes on; fewer are bad luck. */
export function spikesNote(
  metric: string,
  series: readonly LossPoint[],
  lrs: readonly LrPoint[],
): HealthNote | null {
  const spikes = findSpikes(series);
  const [first] = spikes;
  if (!first || spikes.length < FEWEST_SPIKES) return null;
  const worst = spikes.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  return {
    code: "spikes",
    severity: "warning",
    metric,
    from_step: first.step,
    to_step: spikes.at(-1)?.step ?? first.step,
    message: `${metric} leapt up ${spikes.length} times, to ${brief(worst.ratio)} times its surroundings at step ${worst.step}, and came back.`,
    evidence: evidenceOf({
      count: spikes.length,
      worst_step: worst.step,
      worst_value: worst.value,
      worst_ratio: worst.ratio,
      lr: lrBefore(lrs, worst.step),
    }),
  };
}
