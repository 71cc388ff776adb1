import { initialState, observe } from "./detect";
import type { DetectorState } from "./detector-state";
import { explain } from "./explain";
import { commandOf, obeyed, placeholderRates } from "./lr-command";
import type { NormalPolicy } from "./plateau-policy";
import { mayFire } from "./policy-limits";

/** When a policy fired: the step, and which check that was, from 0. */
export interface FiredAt {
  step: number;
  check: number;
}

/** One firing of a policy on a recorded series. */
export interface BacktestFiring {
  step: number;
  /** Where the best value was that had not been improved upon. */
  since_step: number | null;
  message: string;
  /** The LR that would have been asked for, if each had been granted. It says nothing about the metric after it. */
  lr: number;
}

/** A policy part of the way through a series. Plain data: `advance` makes the next one. */
export interface Backtest {
  policy: NormalPolicy;
  state: DetectorState;
  lr: number;
  /** Every firing; with words only the first `MAX_LISTED`. */
  fired: readonly FiredAt[];
  firings: readonly BacktestFiring[];
}

const MAX_LISTED = 500;

/** Before the first value. `baseLr`: the LR that cuts start from, 1 to read the result as a scale. */
export function startBacktest(policy: NormalPolicy, baseLr: number): Backtest {
  const lrs = policy.base_lrs ?? placeholderRates(policy.spec).map(() => baseLr);
  return { policy, state: initialState(policy.spec, lrs), lr: lrs[0] ?? baseLr, fired: [], firings: [] };
}

/** Feeds the next values, in order of their steps. `metric` is its key, for the messages. */
export function advance(
  backtest: Backtest,
  metric: string,
  values: readonly { step: number; value: number }[],
): Backtest {
  const { spec, limits } = backtest.policy;
  const fired = [...backtest.fired];
  const firings = [...backtest.firings];
  let { state, lr } = backtest;
  for (const { step, value } of values) {
    const seen = observe(spec, state, value, step);
    const command = commandOf(spec, state, seen, true);
    state = seen.state;
    if (seen.fired === null || !mayFire(limits, state.seen, step)) continue;
    if (fired.length >= (limits.max_cuts ?? Infinity)) continue;
    lr = (command && obeyed(spec, command, [lr])[0]) ?? lr;
    fired.push({ step, check: state.seen - 1 });
    if (firings.length >= MAX_LISTED) continue;
    const message = explain(metric, seen.fired, seen.evidence);
    firings.push({ step, since_step: seen.evidence.best_step, message, lr });
  }
  return { ...backtest, state, lr, fired, firings };
}

export interface BacktestSummary {
  count: number;
  first_step: number | null;
  /** Firings before the stall. */
  early: number;
  /** From the stall to the first firing at or after it; null without a stall, or without such a firing. */
  delay_steps: number | null;
  delay_checks: number | null;
}

/** How a backtest's firings lie about the stall. */
export function summarise(fired: readonly FiredAt[], stall: FiredAt | null): BacktestSummary {
  const counted = { count: fired.length, first_step: fired[0]?.step ?? null };
  if (stall === null) return { ...counted, early: 0, delay_steps: null, delay_checks: null };
  const timely = fired.find(({ check }) => check >= stall.check);
  return {
    ...counted,
    early: fired.filter(({ check }) => check < stall.check).length,
    delay_steps: timely ? timely.step - stall.step : null,
    delay_checks: timely ? timely.check - stall.check : null,
  };
}
