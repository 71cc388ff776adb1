import type { Explanation } from "./report";

/** A stretch of the log and what explains it; null: the schedule itself. */
export interface Segment {
  from: number;
  /** Index after the last point. */
  to: number;
  found: Pick<Explanation, "code" | "params"> | null;
  /** The step at which it began, where that is not the first point's. */
  at?: number | null;
  /** What the schedule is from there on, where it is another one. */
  expected?: Float64Array;
}

/** The schedule as this log shows it. */
export interface Shown {
  offset: number;
  expected: Float64Array;
}
