import { normalQuantile } from "../stats/normal";
import type { DetectorState, TrendCounters } from "./detector-state";
import { worst } from "./improves";
import { fromJsonNumber, toJsonNumber } from "./json-number";
import { reduceLrs } from "./param-groups";
import type { TrendSpec } from "./plateau-policy";
import type { StepResult } from "./step-result";
import { trendEvidence } from "./trend-evidence";
import { inflation, kendallS, kendallVariance, MAX_INFLATION } from "./trend-kendall";
import { beats, gains, leastGain, levelOf, levelSpan } from "./trend-window";

export function initialTrendCounters({ mode }: TrendSpec): TrendCounters {
  return {
    rule: "trend",
    best: worst(mode),
    start: "NaN",
    num_bad: 0,
    cooldown_counter: 0,
    num_nonfinite: 0,
    window: [],
  };
}

type Step = StepResult<TrendCounters>;

/**
 * lrscope's own rule, for noisy curves. It counts checks as torch's rule does, on the metric's level (`levelOf`) in place
 * of the metric and with a threshold relative to what was gained (`leastGain`), and does not fire while the slope of the
 * window shows an improvement beyond doubt (`isImproving`). With a window of 1 and torch's threshold modes it is torch's
 * rule of one patience less. After a firing it waits for a level of new values only. Values that are not finite are
 * counted and otherwise passed over.
 */
export function stepTrend(
  spec: TrendSpec,
  { counters, lrs }: DetectorState<TrendCounters>,
  value: number,
): Step {
  if (!Number.isFinite(value)) {
    const counted = { ...counters, num_nonfinite: counters.num_nonfinite + 1 };
    return { counters: counted, lrs, fired: null, improved: false, bad: counters.num_bad, judged: value };
  }
  const window = withLast(counters.window, value, spec.window);
  const level = levelOf(spec, window);
  const best = fromJsonNumber(counters.best);
  const start = startOf(spec, counters, window, level);
  const least = leastGain(spec, start, best);
  const improved = beats(spec, level, best, least);
  const bad = improved || counters.cooldown_counter > 0 ? 0 : counters.num_bad + 1;
  const fires = bad >= spec.patience && !isImproving(spec, window, least);
  const seen: TrendCounters = {
    ...counters,
    best: improved ? toJsonNumber(level) : counters.best,
    start: toJsonNumber(start),
    window,
    num_bad: fires ? 0 : bad,
    cooldown_counter: fires
      ? Math.max(spec.cooldown, levelSpan(spec) - 1)
      : Math.max(counters.cooldown_counter - 1, 0),
  };
  const result: Step = { counters: seen, lrs, fired: null, improved, bad, judged: level };
  if (!fires) return result;
  const trend = () => trendEvidence(spec, window, least, counters.num_nonfinite);
  return { ...result, lrs: reduceLrs(lrs, spec), fired: "reduce", trend };
}

/** The window with `value` at its end. Of a full one a copy of the same size: to let one grow would cost more than the check. */
function withLast(window: readonly number[], value: number, length: number): number[] {
  if (window.length < length) return [...window, value];
  const moved = window.slice();
  for (let i = 1; i < length; i++) moved[i - 1] = moved[i] ?? value;
  moved[length - 1] = value;
  return moved;
}

/** The first level that has all its values; NaN before. */
function startOf(
  spec: TrendSpec,
  { start }: TrendCounters,
  window: readonly number[],
  level: number,
): number {
  if (start !== "NaN") return fromJsonNumber(start);
  return window.length < levelSpan(spec) ? Number.NaN : level;
}

/** Fewer values have no slope to speak of. */
const LEAST_VALUES = 3;

/**
 * Is the slope of the window above the threshold, beyond the given confidence? Kendall's test of the values with the
 * threshold's slope taken off, its variance corrected for ties and autocorrelation (`trend-kendall.ts`). The same as:
 * the lower end of Sen's interval lies above the threshold.
 */
function isImproving(spec: TrendSpec, window: readonly number[], least: number): boolean {
  if (window.length < LEAST_VALUES) return false;
  const { values, scale } = gains(spec, window);
  // 1 off for continuity, as S is discrete.
  const s = kendallS(values, (least * scale) / spec.window) - 1;
  if (s <= 0 || spec.confidence === 0) return s > 0;
  const needed = normalQuantile((1 + spec.confidence) / 2);
  const evidence = s / Math.sqrt(kendallVariance(values));
  if (evidence <= needed) return false;
  if (evidence > needed * Math.sqrt(MAX_INFLATION)) return true;
  return evidence > needed * Math.sqrt(inflation(values));
}
