import type { PlateauEvidence } from "./plateau-policy";
import type { Firing } from "./step-result";
import { explainTrend } from "./trend-evidence";

/** One plain sentence on why a rule fired. `metric` is the metric's key. */
export function explain(metric: string, fired: Firing, evidence: PlateauEvidence): string {
  if (fired === "raise") return `${metric} keeps improving and is now ${short(evidence.value)}.`;
  if (evidence.trend) return explainTrend(metric, evidence, evidence.trend);
  // optax with patience 0 cuts on improvements: a sentence on standstill would be false.
  if (evidence.checks_since_best === 0)
    return `${metric} improved to ${short(evidence.value)}, and patience is 0.`;
  const span = `in ${evidence.checks_since_best} ${evidence.checks_since_best === 1 ? "check" : "checks"}`;
  const standstill = `${metric} ${failure(evidence)} ${span}`;
  return fired === "reset"
    ? `${standstill}, and the learning rate has long been at its floor.`
    : `${standstill}.`;
}

function failure(evidence: PlateauEvidence): string {
  const { best, best_index, best_step } = evidence;
  if (best === null || best_index === null) return "has not had a usable value";
  const where = best_step === null ? "" : ` (step ${best_step})`;
  return `has not improved on ${short(best)}${where}${margin(evidence)}`;
}

function margin({ threshold, threshold_mode, extra_threshold }: PlateauEvidence): string {
  if (threshold === 0) return "";
  const amount = threshold_mode === "rel" ? `${short(threshold * 100)} %` : short(threshold);
  return ` by more than ${amount}${extra_threshold ? ` plus ${short(extra_threshold)}` : ""}`;
}

/** Six significant digits, without trailing zeros. */
const short = (value: number | string): string => String(Number(Number(value).toPrecision(6)));
