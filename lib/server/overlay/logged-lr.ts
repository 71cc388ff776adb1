import "server-only";

/** The LR as it was logged in one bucket of a chart. */
export interface LoggedLr {
  step: number;
  last: number;
  x: number | null;
}
