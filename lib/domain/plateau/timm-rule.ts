import { clampFinite } from "../stats/headroom";
import type { DetectorState, TorchCounters } from "./detector-state";
import type { TimmSpec } from "./plateau-policy";
import type { StepResult } from "./step-result";
import { stepTorch } from "./torch-rule";

/** timm sets every group to `warmup_lr_init` at construction when it warms up. */
export function initialTimmLrs({ warmup_t, warmup_lr_init }: TimmSpec, baseLrs: readonly number[]): number[] {
  return baseLrs.map((lr) => (warmup_t > 0 ? warmup_lr_init : lr));
}

/**
 * `timm.scheduler.PlateauLRScheduler.step(epoch, metric)`, driven as trainers do: epoch = index + 1. While
 * epoch ≤ warmup_t the rate climbs linearly and torch's rule does not see the metric.
 */
export function stepTimm(
  spec: TimmSpec,
  state: DetectorState<TorchCounters>,
  value: number,
): StepResult<TorchCounters> {
  const epoch = state.seen + 1;
  if (epoch > spec.warmup_t) return stepTorch(spec, state, value);
  const { warmup_t, warmup_lr_init } = spec;
  const lrs = state.base_lrs.map((lr) =>
    clampFinite(warmup_lr_init + epoch * ((lr - warmup_lr_init) / warmup_t)),
  );
  return { counters: state.counters, lrs, fired: null, improved: false, bad: 0, judged: value };
}
