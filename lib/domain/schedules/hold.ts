import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { through, type Curve } from "@/lib/domain/schedules/shared/sample";

/** A curve that stays where it was from the step on at which the library raises (OneCycleLR beyond its last step). */
export function holdAfterRaise(curve: Curve): Curve {
  let held: { from: number; lrs: number[] } | null = null;
  return through(curve, (t) => {
    if (held && t >= held.from) return held.lrs;
    try {
      return curve(t);
    } catch (error) {
      if (!(error instanceof PythonError) || t === 0) throw error;
      const last = lastGood(curve, t);
      held = { from: last + 1, lrs: curve(last) };
      return held.lrs;
    }
  });
}

/** Where and what a library raises on the way to a step. */
export interface RaisedAt {
  step: number;
  /** The call of scheduler.step() that raises, counted from 1. */
  call: number;
  /** The Python exception's class name. */
  type: string;
  message: string;
}

/**
 * The first step up to `last` at which a curve raises; null: it does not.
 * @param callsBefore how often scheduler.step() was called before a step
 */
export function raiseBy(curve: Curve, last: number, callsBefore: (step: number) => number): RaisedAt | null {
  if (!raisesAt(curve, last)) return null;
  const step = lastGood(curve, last) + 1;
  try {
    curve(step);
    return null;
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return { step, call: callsBefore(step), type: error.type, message: error.message };
  }
}

/** The last step before `bad` at which the curve still has a value, by bisection; it raises for ever once it does. */
function lastGood(curve: Curve, bad: number): number {
  let good = 0;
  // Beyond 2^53 there is no step between two neighbours, and no middle either.
  let end = Math.min(bad, Number.MAX_SAFE_INTEGER);
  while (end - good > 1) {
    const middle = Math.floor((good + end) / 2);
    if (raisesAt(curve, middle)) end = middle;
    else good = middle;
  }
  return good;
}

function raisesAt(curve: Curve, t: number): boolean {
  try {
    curve(t);
    return false;
  } catch (error) {
    if (error instanceof PythonError) return true;
    throw error;
  }
}
