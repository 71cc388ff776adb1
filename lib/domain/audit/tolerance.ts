import { learnRounding } from "./rounding";

/** How far apart an actual and an expected LR may be and still be the same. */
export type Allowed = (actual: number, expected: number) => number;

export interface Tolerances {
  /** To tell one explanation from another: float noise and the log's own rounding. */
  tight: Allowed;
  /** To say that two LRs part at all. */
  loose: Allowed;
}

/** Below this share nobody trains differently. */
export const MATERIAL = 1e-3;
/** Of the peak: near the end of a decay to zero both are rounding dust. */
const DUST = 1e-6;
/** float32 schedules (Keras, JAX) part from float64 by 6e-7 of the largest LR. */
const FLOAT32 = 2e-6;
const FLOAT64 = 1e-9;

export function tolerancesOf(values: readonly number[], peak: number): Tolerances {
  const rounding = learnRounding(values);
  const single = values.every((value) => value === Math.fround(value)) || rounding(peak) > 0;
  const relative = single ? FLOAT32 : FLOAT64 * 100;
  const dust = single ? DUST * peak : FLOAT64 * peak;
  return {
    tight: known(
      (actual, expected) =>
        rounding(actual) * 1.05 + relative * Math.max(Math.abs(actual), Math.abs(expected)) + dust,
    ),
    loose: known((actual, expected) =>
      Math.max(
        rounding(actual) * 1.05 + dust,
        MATERIAL * Math.max(Math.abs(actual), Math.abs(expected), peak * MATERIAL),
      ),
    ),
  };
}

/** An infinite LR is not a thousandth from any other. */
const known =
  (allowed: Allowed): Allowed =>
  (actual, expected) =>
    Number.isFinite(expected) ? allowed(actual, expected) : 0;
