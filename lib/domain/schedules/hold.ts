import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import type { Curve } from "@/lib/domain/schedules/shared/sample";

/** A curve that stays where it was from the step on at which the library raises (OneCycleLR beyond its last step). */
export function holdAfterRaise(curve: Curve): Curve {
  let held: { from: number; lrs: number[] } | null = null;
  return (t) => {
    if (held && t >= held.from) return held.lrs;
    try {
      return curve(t);
    } catch (error) {
      if (!(error instanceof PythonError) || t === 0) throw error;
      const last = lastGood(curve, t);
      held = { from: last + 1, lrs: curve(last) };
      return held.lrs;
    }
  };
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
