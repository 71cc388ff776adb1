import type { DetectorSpec } from "./plateau-policy";
import { PolicyError } from "./policy-error";

export interface SweepSetting {
  patience: number;
  threshold: number;
}

/**
 * The same rule with another patience and threshold; Keras calls the latter `min_delta`, optax `rtol`.
 * @throws PolicyError for what the rule would refuse in a policy
 */
export function withSetting(spec: DetectorSpec, { patience, threshold }: SweepSetting): DetectorSpec {
  if (spec.rule === "trend" && patience < 1) {
    throw new PolicyError("patience", `the trend rule needs a patience of 1 or more, got ${patience}.`);
  }
  if (spec.rule === "optax" && (threshold <= 0 || threshold > 1)) {
    throw new PolicyError("threshold", `optax needs a threshold above 0 and at most 1, got ${threshold}.`);
  }
  if (spec.rule === "keras") return { ...spec, patience, min_delta: threshold };
  if (spec.rule === "optax") return { ...spec, patience, rtol: threshold };
  return { ...spec, patience, threshold };
}
