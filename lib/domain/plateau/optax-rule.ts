import { clampFinite } from "../stats/headroom";
import type { DetectorState, OptaxCounters } from "./detector-state";
import { fromJsonNumber, toJsonNumber } from "./json-number";
import type { OptaxSpec } from "./plateau-policy";
import type { StepResult } from "./step-result";

export function initialOptaxCounters(): OptaxCounters {
  return {
    rule: "optax",
    best_value: "Infinity",
    plateau_count: 0,
    cooldown_count: 0,
    count: 0,
    avg_value: 0,
    scale: 1,
  };
}

/** The state's type: JAX rounds after every operation, and rounds Python numbers before it uses them. */
const rounding = ({ dtype }: OptaxSpec) => (dtype === "float32" ? Math.fround : (x: number) => x);

/**
 * `optax.contrib.reduce_on_plateau`'s update: a running mean over `accumulation_size` values, then the rule on the
 * mean. Rates are base × scale.
 */
export function stepOptax(
  spec: OptaxSpec,
  { counters, base_lrs, lrs }: DetectorState<OptaxCounters>,
  value: number,
): StepResult<OptaxCounters> {
  const f = rounding(spec);
  const count = counters.count + 1;
  const sum = f(f(counters.count * fromJsonNumber(counters.avg_value)) + f(value));
  const judged = f(sum / count);
  if (count !== spec.accumulation_size) {
    const waiting = { ...counters, count, avg_value: toJsonNumber(judged) };
    return { counters: waiting, lrs, fired: null, improved: false, bad: counters.plateau_count, judged };
  }
  const result = judgeMean(spec, counters, judged);
  return { ...result, lrs: base_lrs.map((lr) => flooredLr(lr, result.counters.scale, spec.min_lr)), judged };
}

/**
 * `_update_scale`. With patience 0 the count equals the patience exactly when the value improved, so the scale drops
 * on improvements: that is what the library does. `best` moves during a cooldown too.
 */
function judgeMean(
  spec: OptaxSpec,
  counters: OptaxCounters,
  mean: number,
): Omit<StepResult<OptaxCounters>, "lrs"> {
  const f = rounding(spec);
  const best = fromJsonNumber(counters.best_value);
  const improved = mean < f(f(f(1 - spec.rtol) * best) - f(spec.atol));
  const cooling = counters.cooldown_count > 0;
  const plateau = improved ? 0 : counters.plateau_count + 1;
  const fired = !cooling && plateau === spec.patience;
  const dropped = fired ? f(counters.scale * f(spec.factor)) : counters.scale;
  const next: OptaxCounters = {
    rule: "optax",
    best_value: improved ? toJsonNumber(mean) : counters.best_value,
    plateau_count: cooling || fired ? 0 : plateau,
    cooldown_count: fired ? spec.cooldown : Math.max(counters.cooldown_count - 1, 0),
    count: 0,
    avg_value: 0,
    scale: cooling ? counters.scale : Math.max(dropped, f(spec.min_scale)),
  };
  return {
    counters: next,
    fired: fired ? "reduce" : null,
    improved,
    bad: cooling ? 0 : plateau,
    judged: mean,
  };
}

/** The floor never lifts a rate above its base. */
const flooredLr = (base: number, scale: number, minLr: number) =>
  clampFinite(Math.max(base * scale, Math.min(base, minLr)));
