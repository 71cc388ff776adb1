import { type Lifetime, medianLifetime } from "../stats/kaplan-meier";
import type { Outcome } from "./outcome";

export interface TargetFigures {
  /** Runs that got there, of those that logged the metric. */
  reached: number;
  of: number;
  /** Unfinished runs that have not got there yet. */
  waiting: number;
  /**
   * Median over all of them, by Kaplan and Meier. A run that ended without getting there never does; one that is
   * unfinished is known not to have got there so far. Null: half did not get there, or it cannot be told yet.
   */
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
    waiting: logged.filter((one) => one.steps_to_target === null && one.unfinished).length,
    steps: medianLifetime(logged.map((one) => lifetime(one, one.steps_to_target, one.last_step))),
    seconds: medianLifetime(logged.map((one) => lifetime(one, one.seconds_to_target, one.last_seconds))),
    fastest: steps.length === 0 ? null : Math.min(...steps),
    slowest: steps.length === 0 ? null : Math.max(...steps),
  };
}

function lifetime({ unfinished }: Outcome, reached: number | null, seen: number | null): Lifetime {
  if (reached !== null) return { time: reached, happened: true };
  return { time: unfinished ? (seen ?? 0) : Infinity, happened: false };
}
