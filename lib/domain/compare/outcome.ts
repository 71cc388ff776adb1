import type { Mode } from "./mode";

/** What one run reached. */
export interface Outcome {
  id: string;
  name: string;
  project: string;
  seed: number | null;
  /** The value to compare: finite, or null when the run diverged or never logged the metric. */
  value: number | null;
  state: "measured" | "diverged" | "missing";
  /** Still going on, or ended early: what it shows now is not what it would have shown. */
  unfinished: boolean;
  /** Last step with the metric; null without one. */
  last_step: number | null;
  final: number | null;
  best: number | null;
  /** Mean of the logged finite values: the area under the curve, over its length. */
  area: number | null;
  /** First step at or beyond the target; null when it was not reached, or none was asked for. */
  steps_to_target: number | null;
  seconds_to_target: number | null;
  /** From the start to the last step with the metric. */
  last_seconds: number | null;
}

/** The values of those that have one, ascending, so that no figure depends on the order of the runs. */
export const measured = (outcomes: readonly Outcome[]): number[] =>
  outcomes.flatMap(({ value }) => (value === null ? [] : [value])).sort((a, b) => a - b);

/**
 * The values of all that logged the metric; one that diverged is worse than any number. For what depends on order only.
 */
export const withDiverged = (outcomes: readonly Outcome[], mode: Mode): number[] =>
  outcomes.flatMap(({ value, state }) => {
    if (value !== null) return [value];
    return state === "diverged" ? [mode === "min" ? Infinity : -Infinity] : [];
  });
