/** The actual LR at a step against the effective one. */
export interface LrPair {
  step: number;
  actual: number;
  effective: number;
}

export interface DriftSpan {
  from_step: number;
  to_step: number;
  /** |actual - effective| over the larger of the two, at its worst; 0 to 1 for positive rates. */
  max_relative_error: number;
}

/** Logs round: float32 to 6e-8, printed with four digits to 5e-5. */
const DRIFT_TOLERANCE = 1e-3;

export function relativeError(actual: number, effective: number, peak: number): number {
  if (!Number.isFinite(actual) || !Number.isFinite(effective)) return 1;
  const scale = Math.max(Math.abs(actual), Math.abs(effective));
  // Near the end of a decay to zero both are rounding dust; the schedule's own peak is the measure there.
  return Math.abs(actual - effective) / Math.max(scale, peak * 1e-3, Number.MIN_VALUE);
}

/** Neighbouring pairs that part by more than the tolerance, as spans of steps. `peak` is the largest effective LR. */
export function driftSpans(pairs: readonly LrPair[], peak: number, tolerance = DRIFT_TOLERANCE): DriftSpan[] {
  const spans: DriftSpan[] = [];
  let open: DriftSpan | null = null;
  for (const { step, actual, effective } of pairs) {
    const error = relativeError(actual, effective, peak);
    if (error <= tolerance) {
      open = null;
      continue;
    }
    if (open) {
      open.to_step = step;
      open.max_relative_error = Math.max(open.max_relative_error, error);
    } else {
      open = { from_step: step, to_step: step, max_relative_error: error };
      spans.push(open);
    }
  }
  return spans;
}
