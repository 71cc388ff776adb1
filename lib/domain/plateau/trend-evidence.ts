import { clampFinite } from "../stats/headroom";
import { normalQuantile } from "../stats/normal";
import type { PlateauEvidence, TrendEvidence, TrendSpec } from "./plateau-policy";
import { senSlope } from "./trend-kendall";
import { gains, levelSpan, magnitudeOf } from "./trend-window";

export function trendEvidence(
  spec: TrendSpec,
  window: readonly number[],
  least: number,
  nonfinite: number,
): TrendEvidence {
  const { values, scale } = gains(spec, window);
  const { slope, low, high } = senSlope(values, normalQuantile((1 + spec.confidence) / 2));
  const oneSided = window.every((value) => value > 0) || window.every((value) => value < 0);
  return {
    window: window.length,
    confidence: spec.confidence,
    rate: clampFinite(slope / scale),
    rate_low: clampFinite(low / scale),
    rate_high: clampFinite(high / scale),
    rate_needed: least / spec.window,
    least,
    level_of: Math.min(window.length, levelSpan(spec)),
    level: oneSided ? magnitudeOf(window) : null,
    sign: spec.mode === "max" ? 1 : -1,
    nonfinite,
  };
}

/**
 * `Over the last 30 checks val/loss fell by 0.02 % per check, 95 % interval −0.01 … 0.05 %: not …. The median of its last
 * 8 checks has not beaten 0.52 (step 400) by more than 0.01 for 12 checks.`
 */
export function explainTrend(metric: string, evidence: PlateauEvidence, seen: TrendEvidence): string {
  const level = seen.level_of > 1 ? `The median of its last ${seen.level_of} checks` : "It";
  const where = evidence.best_step === null ? "" : ` (step ${evidence.best_step})`;
  const margin = seen.least > 0 ? ` by more than ${short(seen.least)}` : "";
  const span = `${evidence.bad} ${evidence.bad === 1 ? "check" : "checks"}`;
  const best = Number(Number(evidence.best).toPrecision(6));
  // Two values or one show no slope.
  const subject = seen.window > 2 ? `${slopeInWords(metric, seen)} ${level}` : metric;
  return `${subject} has not beaten ${best}${where}${margin} for ${span}.`;
}

function slopeInWords(metric: string, seen: TrendEvidence): string {
  const percent = (seen.level ?? 0) / 100;
  const unit = percent > 0 ? percent : 1;
  const shown = (rate: number): string => signed(rate / unit);
  const suffix = percent > 0 ? " %" : "";
  const moved =
    seen.rate === 0
      ? "did not move"
      : `${seen.rate * seen.sign > 0 ? "rose" : "fell"} by ${short(Math.abs(seen.rate) / unit)}${suffix} per check`;
  // The interval of the movement as worded, so that its ends read in the direction of the verb.
  const ends = [seen.rate_low, seen.rate_high]
    .map((end) => (seen.rate < 0 ? -end : end))
    .sort((a, b) => a - b);
  const [low = 0, high = 0] = ends;
  const interval = `${short(seen.confidence * 100)} % interval ${shown(low)} … ${shown(high)}${suffix}`;
  return `Over the last ${seen.window} checks ${metric} ${moved}, ${interval}: ${verdict(seen, unit, suffix)}`;
}

function verdict(seen: TrendEvidence, unit: number, suffix: string): string {
  const needed = `${short((seen.rate_needed * seen.window) / unit)}${suffix} in ${seen.window} checks`;
  if (seen.rate_needed > 0 && seen.rate_high < seen.rate_needed) return `less than ${needed}.`;
  if (seen.rate_low <= 0) return "not distinguishable from no improvement.";
  return `not distinguishable from less than ${needed}.`;
}

const signed = (value: number): string => (value < 0 ? `−${short(-value)}` : short(value));

/** Two significant digits. */
const short = (value: number): string => String(Number(value.toPrecision(2)));
