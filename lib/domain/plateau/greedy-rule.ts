import type { DetectorState, GreedyCounters } from "./detector-state";
import { improves, worst } from "./improves";
import { fromJsonNumber, toJsonNumber } from "./json-number";
import { forGroup, reduceLrs } from "./param-groups";
import type { GreedySpec } from "./plateau-policy";
import type { StepResult } from "./step-result";

export function initialGreedyCounters({ mode, reset_start }: GreedySpec): GreedyCounters {
  return {
    rule: "greedy",
    best: worst(mode),
    num_bad_epochs: 0,
    num_good_epochs: 0,
    cooldown_counter: 0,
    warmup_counter: 0,
    reset_start,
    window: [],
    window_sum: 0,
  };
}

type Step = StepResult<GreedyCounters>;
type State = DetectorState<GreedyCounters>;

/**
 * `transformers.optimization.GreedyLR.step`: raises after `patience` improvements in a row, lowers after as many
 * without. While cooling down or warming up it judges nothing, but smoothing goes on.
 */
export function stepGreedy(spec: GreedySpec, state: State, value: number): Step {
  const counters = spec.smooth ? smoothed(spec, state.counters, value) : state.counters;
  const judged = spec.smooth ? fromJsonNumber(counters.window_sum) / counters.window.length : value;
  const paused = pause(counters);
  if (paused) return { counters: paused, lrs: state.lrs, fired: null, improved: false, bad: 0, judged };

  const improved = improves(spec, judged, fromJsonNumber(counters.best));
  const judgedCounters: GreedyCounters = {
    ...counters,
    best: improved ? toJsonNumber(judged) : counters.best,
    num_good_epochs: improved ? counters.num_good_epochs + 1 : 0,
    num_bad_epochs: improved ? 0 : counters.num_bad_epochs + 1,
  };
  const verdict = { improved, bad: judgedCounters.num_bad_epochs, judged };
  return { ...act(spec, { ...state, counters: judgedCounters }), ...verdict };
}

function act(spec: GreedySpec, state: State): Pick<Step, "counters" | "lrs" | "fired"> {
  const { counters, lrs } = state;
  if (counters.num_good_epochs > spec.patience) {
    const rested = { num_good_epochs: 0, warmup_counter: spec.warmup, reset_start: spec.reset_start };
    return { counters: { ...counters, ...rested }, lrs: raiseLrs(spec, lrs), fired: "raise" };
  }
  if (counters.num_bad_epochs > spec.patience) return lower(spec, state);
  return { counters, lrs, fired: null };
}

/** Cuts, and counts the cuts that left every group at its floor: after `reset_start` of them everything starts over. */
function lower(
  spec: GreedySpec,
  { counters, lrs, base_lrs }: State,
): Pick<Step, "counters" | "lrs" | "fired"> {
  const reduced = reduceLrs(lrs, spec);
  const allAtFloor = reduced.every((lr, group) => lr <= forGroup(spec.min_lr, group));
  const resetStart = counters.reset_start - (allAtFloor ? 1 : 0);
  const cooled = { num_bad_epochs: 0, cooldown_counter: spec.cooldown };
  if (allAtFloor && resetStart <= 0) {
    return { counters: { ...initialGreedyCounters(spec), ...cooled }, lrs: base_lrs, fired: "reset" };
  }
  return { counters: { ...counters, ...cooled, reset_start: resetStart }, lrs: reduced, fired: "reduce" };
}

export function raiseLrs({ factor, max_lr, eps }: GreedySpec, lrs: readonly number[]): number[] {
  return lrs.map((lr, group) => {
    const raised = Math.min(lr / factor, forGroup(max_lr, group));
    return raised - lr > eps ? raised : lr;
  });
}

/** Cooldown comes before warmup. Null when neither is running. */
function pause(counters: GreedyCounters): GreedyCounters | null {
  const idle = { ...counters, num_good_epochs: 0, num_bad_epochs: 0 };
  if (counters.cooldown_counter > 0) return { ...idle, cooldown_counter: counters.cooldown_counter - 1 };
  if (counters.warmup_counter > 0) return { ...idle, warmup_counter: counters.warmup_counter - 1 };
  return null;
}

/** `StreamingAverage`: the sum is kept running, with its rounding, so a NaN stays in it until a reset. */
function smoothed({ window_size }: GreedySpec, counters: GreedyCounters, value: number): GreedyCounters {
  const window = [...counters.window, toJsonNumber(value)];
  const sum = fromJsonNumber(counters.window_sum) + value;
  const leaving = window.length > window_size ? window.shift() : undefined;
  const left = leaving === undefined ? sum : sum - fromJsonNumber(leaving);
  return { ...counters, window, window_sum: toJsonNumber(left) };
}
