import { median } from "../stats/median";
import type { Outcome } from "./outcome";

export interface TargetFigures {
  /** Runs that got there, of those that logged the metric. */
  reached: number;
  of: number;
  /** Median over all of them, where a run that did not get there counts as later than any that did; null: so the median run did not. */
  steps: number | null;
  seconds: number | null;
  /** Fewest and most steps among the runs that got there. */
  fastest: number | null;
  slowest: number | null;
}

/** Leaving the runs out that never get there would make a schedule that fails often look quick. */
export function targetFigures(outcomes: readonly Outcome[]): TargetFigures {
  const logged = outcomes.filter(({ state }) => state !== "missing");
  const steps = logged.flatMap(({ steps_to_target }) => (steps_to_target === null ? [] : [steps_to_target]));
  return {
    reached: steps.length,
    of: logged.length,
    steps: censoredMedian(logged.map(({ steps_to_target }) => steps_to_target)),
    seconds: censoredMedian(logged.map(({ seconds_to_target }) => seconds_to_target)),
    fastest: steps.length === 0 ? null : Math.min(...steps),
    slowest: steps.length === 0 ? null : Math.max(...steps),
  };
}

function censoredMedian(values: readonly (number | null)[]): number | null {
  const found = median(values.map((value) => value ?? Infinity));
  return Number.isFinite(found) ? found : null;
}
