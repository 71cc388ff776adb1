import { initialState, observe } from "./detect";
import type { DetectorSpec } from "./plateau-policy";

export interface MetricPoint {
  step: number;
  value: number;
}

/** The rates that a rule set after the value of a step, one per param group. */
export interface RateChange {
  step: number;
  lrs: readonly number[];
}

/** The rule run over a logged metric, steps ascending: what it began with and each change that it made. */
export interface RuleRates {
  start: readonly number[];
  changes: readonly RateChange[];
}

export function ruleRates(
  rule: DetectorSpec,
  baseLrs: readonly number[],
  metric: readonly MetricPoint[],
): RuleRates {
  let state = initialState(rule, baseLrs);
  const start = state.lrs;
  const changes: RateChange[] = [];
  for (const { step, value } of metric) {
    const before = state.lrs;
    state = observe(rule, state, value, step).state;
    if (state.lrs.some((lr, group) => lr !== before[group])) changes.push({ step, lrs: state.lrs });
  }
  return { start, changes };
}

/**
 * A param group's LR at `steps`, which ascend: that after all values before the step, so that a value's own step still
 * has the LR that it was reached with.
 */
export function ratesAt({ start, changes }: RuleRates, steps: ArrayLike<number>, group = 0): Float64Array {
  let lr = start[group] ?? Number.NaN;
  let next = 0;
  return Float64Array.from(steps, (step) => {
    for (let change = changes[next]; change && change.step < step; change = changes[++next])
      lr = change.lrs[group] ?? Number.NaN;
    return lr;
  });
}
