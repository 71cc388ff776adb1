import { median } from "@/lib/domain/stats/median";
import { atLr } from "./divergence";
import { evidenceOf, type HealthNote } from "./note";
import { brief, type LossCurve, type LossPoint, lrBefore, type LrPoint } from "./series";

const PARTS = 8;
/** The last part still falls at this share of the fastest part's rate. */
const STILL_FAST = 0.5;
/** What is left of the loss, of its start: a loss that is down to less has been through its curve. */
const HIGH = 0.5;
/** Less than this fall is not one. */
const LEAST_FALL = 0.03;
/** An LR this small a share of its peak no longer trains, */
const SPENT = 0.01;
/** and being so for this share of the run is too early. */
const TOO_EARLY = 0.3;
const STILL = 0.02;

/** Slow against its own best rate: the run ends while it still falls as fast as ever, or its LR was spent too early. */
export function tooLowNote(metric: string, curve: LossCurve, lrs: readonly LrPoint[]): HealthNote | null {
  return stillFalling(metric, curve, lrs) ?? spentEarly(metric, curve, lrs);
}

/**
 * Judged where the LR was at its full height (above half of its peak): a fall that only a later decay brings about says
 * nothing against the height.
 */
function stillFalling(metric: string, curve: LossCurve, lrs: readonly LrPoint[]): HealthNote | null {
  const { start, end, noise } = curve;
  const points = atFullHeight(curve, lrs);
  const size = Math.floor(points.length / PARTS);
  if (size < 5 || start <= 0 || end < HIGH * start) return null;
  const { fastest, last } = ratesOf(points, size);
  const certain = start - end > LEAST_FALL * start && last > (2 * noise) / Math.sqrt(size);
  if (!certain || last < STILL_FAST * fastest) return null;
  const to_step = points.at(-1)?.step ?? 0;
  const lr = lrBefore(lrs, to_step);
  const share = Math.round((100 * last) / fastest);
  return {
    code: "too_low",
    severity: "warning",
    metric,
    from_step: points[0]?.step ?? 0,
    to_step,
    message: `${metric} fell from ${brief(start)} to ${brief(end)} only, and was still falling at ${share} % of its best rate at step ${to_step}${atLr(lr)}: it has hardly begun. A higher LR, or a longer run, would take it further.`,
    evidence: evidenceOf({ start, end, last_rate_percent: share, fall_per_part: last, noise, lr }),
  };
}

/** The fall from one part to the next: the largest, and the mean of the last two, as one alone is mostly noise. */
function ratesOf(points: readonly LossPoint[], size: number): { fastest: number; last: number } {
  const levels = Array.from({ length: PARTS }, (_, i) =>
    median(points.slice(i * size, (i + 1) * size).map(({ value }) => value)),
  );
  const falls = levels.slice(1).map((level, i) => (levels[i] ?? level) - level);
  return { fastest: Math.max(...falls), last: ((falls.at(-1) ?? 0) + (falls.at(-2) ?? 0)) / 2 };
}

/** From where the LR first reaches half of its peak to where it leaves it for good; everything without an LR. */
function atFullHeight({ points }: LossCurve, lrs: readonly LrPoint[]): readonly LossPoint[] {
  const half = lrs.reduce((most, { lr }) => Math.max(most, lr), 0) / 2;
  const from = lrs.find(({ lr }) => lr >= half)?.step ?? -Infinity;
  const to = lrs[lrs.findLastIndex(({ lr }) => lr >= half) + 1]?.step ?? Infinity;
  return points.filter(({ step }) => step >= from && step < to);
}

function spentEarly(metric: string, curve: LossCurve, lrs: readonly LrPoint[]): HealthNote | null {
  const { points, start, end, noise } = curve;
  const peak = lrs.reduce((most, { lr }) => Math.max(most, lr), 0);
  const spent = lrs.findLastIndex(({ lr }) => lr > SPENT * peak) + 1;
  const from = lrs[spent]?.step;
  const first = points[0]?.step ?? 0;
  const to = points.at(-1)?.step ?? 0;
  if (from === undefined || peak === 0 || (to - from) / Math.max(1, to - first) < TOO_EARLY) return null;
  const rest = points.filter(({ step }) => step >= from).map(({ value }) => value);
  const tenth = Math.max(3, Math.ceil(rest.length / 10));
  const before = median(rest.slice(0, tenth));
  const after = median(rest.slice(-tenth));
  const stands = Math.abs(before - after) < Math.max(STILL * start, noise);
  if (rest.length < 10 || !stands || end < HIGH * start) return null;
  return {
    code: "too_low",
    severity: "warning",
    metric,
    from_step: from,
    to_step: to,
    message: `The LR was below 1 % of its peak from step ${from} on, ${Math.round((100 * (to - from)) / Math.max(1, to - first))} % of the run, and ${metric} has stood at ${brief(end)} since, of ${brief(start)} at the start. The schedule decays too fast.`,
    evidence: evidenceOf({
      start,
      end,
      level_before: before,
      level_after: after,
      peak_lr: peak,
      lr: lrBefore(lrs, to),
    }),
  };
}
