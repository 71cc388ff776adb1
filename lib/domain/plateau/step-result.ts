import type { Counters } from "./detector-state";
import type { TrendEvidence } from "./plateau-policy";

/** `reset` is GreedyLR's return to the initial rates after a long stay at the floor. */
export type Firing = "reduce" | "raise" | "reset";

/** What one rule makes of one value. The rules return it; `observe` adds the book-keeping that all of them share. */
export interface StepResult<C extends Counters = Counters> {
  counters: C;
  lrs: number[];
  /** Set when the rule fired, even if eps or the floor left every rate as it was. */
  fired: Firing | null;
  improved: boolean;
  /** The bad-check counter at the moment of the decision, before a firing reset it. */
  bad: number;
  /** What was judged: the value, or its mean where the rule smooths or accumulates. */
  judged: number;
  /** What the trend rule fired on. It takes longer to work out than the verdict itself. */
  trend?: () => TrendEvidence;
}
