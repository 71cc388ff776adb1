import { normalQuantile } from "../stats/normal";
import type { DetectorState, TrendCounters } from "./detector-state";
import { fromJsonNumber, toJsonNumber } from "./json-number";
import { worst } from "./improves";
import { reduceLrs } from "./param-groups";
import type { TrendSpec } from "./plateau-policy";
import type { StepResult } from "./step-result";
import { trendEvidence } from "./trend-evidence";
import { inflation, kendallS, kendallVariance, MAX_INFLATION } from "./trend-kendall";
import { gains, thresholdRate } from "./trend-window";

export function initialTrendCounters({ mode }: TrendSpec): TrendCounters {
  return { rule: "trend", best: worst(mode), num_flat: 0, cooldown_counter: 0, num_nonfinite: 0, window: [] };
}

type Step = StepResult<TrendCounters>;

/**
 * lrscope's own rule, for noisy curves. Over the last `window` checks it asks whether the metric improves by more than
 * the threshold, beyond doubt at the given confidence (`isImproving`). Where it does not for `patience` checks on end it
 * fires, waits `cooldown` checks, and judges again once it has a window of new ones. Values that are not finite are
 * counted and otherwise passed over.
 */
export function stepTrend(
  spec: TrendSpec,
  { counters, lrs }: DetectorState<TrendCounters>,
  value: number,
): Step {
  if (!Number.isFinite(value)) {
    const counted = { ...counters, num_nonfinite: counters.num_nonfinite + 1 };
    return { counters: counted, lrs, fired: null, improved: false, bad: counters.num_flat, judged: value };
  }
  const best = fromJsonNumber(counters.best);
  const improved = spec.mode === "min" ? value < best : value > best;
  const seen = { ...counters, best: improved ? toJsonNumber(value) : counters.best };
  if (seen.cooldown_counter > 0) {
    const cooled = { ...seen, cooldown_counter: seen.cooldown_counter - 1 };
    return { counters: cooled, lrs, fired: null, improved, bad: 0, judged: value };
  }
  const window = [...seen.window.slice(seen.window.length < spec.window ? 0 : 1), value];
  const flat = window.length === spec.window && !isImproving(spec, window);
  const bad = flat ? seen.num_flat + 1 : 0;
  if (bad < spec.patience) {
    return { counters: { ...seen, window, num_flat: bad }, lrs, fired: null, improved, bad, judged: value };
  }
  return {
    counters: { ...seen, window: [], num_flat: 0, cooldown_counter: spec.cooldown },
    lrs: reduceLrs(lrs, spec),
    fired: "reduce",
    improved,
    bad,
    judged: value,
    trend: trendEvidence(spec, window, counters.num_nonfinite),
  };
}

/**
 * Is the slope of the window above the threshold, beyond the given confidence? Kendall's test of the values with the
 * threshold's slope taken off, its variance corrected for ties and autocorrelation (`trend-kendall.ts`). The same as:
 * the lower end of Sen's interval lies above the threshold.
 */
function isImproving(spec: TrendSpec, window: readonly number[]): boolean {
  const values = gains(spec, window);
  // 1 off for continuity, as S is discrete.
  const s = kendallS(values, thresholdRate(spec, window)) - 1;
  if (s <= 0 || spec.confidence === 0) return s > 0;
  const needed = normalQuantile((1 + spec.confidence) / 2);
  const evidence = s / Math.sqrt(kendallVariance(values));
  if (evidence <= needed) return false;
  if (evidence > needed * Math.sqrt(MAX_INFLATION)) return true;
  return evidence > needed * Math.sqrt(inflation(values));
}
