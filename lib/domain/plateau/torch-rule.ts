import type { DetectorState, TorchCounters } from "./detector-state";
import { improves, worst } from "./improves";
import { fromJsonNumber, toJsonNumber } from "./json-number";
import { reduceLrs } from "./param-groups";
import type { MetricMode, TimmSpec, TorchSpec } from "./plateau-policy";
import type { StepResult } from "./step-result";

export function initialTorchCounters(rule: "torch" | "timm", mode: MetricMode): TorchCounters {
  return { rule, best: worst(mode), num_bad_epochs: 0, cooldown_counter: 0 };
}

/**
 * `torch.optim.lr_scheduler.ReduceLROnPlateau.step`. The order matters: judge, then cooldown, then fire. Firing starts
 * the cooldown and clears the counter even when no group's rate changed.
 */
export function stepTorch(
  spec: TorchSpec | TimmSpec,
  { counters, lrs }: DetectorState<TorchCounters>,
  value: number,
): StepResult<TorchCounters> {
  const improved = improves(spec, value, fromJsonNumber(counters.best));
  const cooling = counters.cooldown_counter > 0;
  const bad = improved || cooling ? 0 : counters.num_bad_epochs + 1;
  const fired = bad > spec.patience;
  return {
    counters: {
      rule: counters.rule,
      best: improved ? toJsonNumber(value) : counters.best,
      num_bad_epochs: fired ? 0 : bad,
      cooldown_counter: fired ? spec.cooldown : Math.max(counters.cooldown_counter - 1, 0),
    },
    lrs: fired ? reduceLrs(lrs, spec) : lrs,
    fired: fired ? "reduce" : null,
    improved,
    bad,
    judged: value,
  };
}
