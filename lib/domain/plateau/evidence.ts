import { checksSinceBest, type DetectorState } from "./detector-state";
import { toJsonNumber } from "./json-number";
import type { DetectorSpec, PlateauEvidence } from "./plateau-policy";
import type { StepResult } from "./step-result";

/** What the rule saw and how far it got, given the state with this observation folded in. */
export function evidenceOf(spec: DetectorSpec, state: DetectorState, result: StepResult): PlateauEvidence {
  const { counters, best_index, best_step } = state;
  return {
    best: counters.rule === "optax" ? counters.best_value : counters.best,
    best_index,
    best_step,
    checks_since_best: checksSinceBest(state),
    bad: result.bad,
    patience: spec.patience,
    ...thresholdOf(spec),
    value: toJsonNumber(result.judged),
    ...(result.trend ? { trend: result.trend() } : {}),
  };
}

type Threshold = Pick<PlateauEvidence, "threshold" | "threshold_mode" | "extra_threshold">;

function thresholdOf(spec: DetectorSpec): Threshold {
  if (spec.rule === "keras") return { threshold: spec.min_delta, threshold_mode: "abs" };
  if (spec.rule !== "optax") return { threshold: spec.threshold, threshold_mode: spec.threshold_mode };
  if (spec.rtol === 0) return { threshold: spec.atol, threshold_mode: "abs" };
  const extra = spec.atol > 0 ? { extra_threshold: spec.atol } : {};
  return { threshold: spec.rtol, threshold_mode: "rel", ...extra };
}
