/** A firing of the series as it stands now. */
export interface SeenFiring {
  step: number;
  /** How many checks there had been, this one included. */
  check: number;
}

interface Judged {
  /** What this data made fire: after new steps the new firings, after a replay all of them. */
  firings: readonly SeenFiring[];
  /** Checks so far, and the step of the best value. */
  checks: number;
  bestStep: number | null;
  patience: number;
}

interface Before {
  /** Steps of the firings known before. */
  fired: readonly number[];
  lastStep: number | null;
}

export type News =
  /** Ask for something. */
  | { kind: "news"; step: number }
  /** It fired, and there is nothing to ask for any more. */
  | { kind: "over"; step: number; reason: string }
  | { kind: "none" };

/**
 * What a detector's verdict asks for once new data are in. A request acts on the LR of now, whatever step its firing has;
 * so of all that fired only the last one can be news, and only while it still describes the run:
 *
 * - it lies beyond what was judged before, or it is one more firing than before (writers that overtake one another make
 *   it show late). A firing that late data only moved is none;
 * - nothing has improved since;
 * - no more than `patience` further checks have passed. Data that arrive hours late, such as a job's backlog after a
 *   lost connection or an import, must not cut the LR for a plateau that is long over.
 */
export function newsOf({ firings, checks, bestStep, patience }: Judged, before: Before): News {
  const last = firings.at(-1);
  if (!last) return { kind: "none" };
  const { step } = last;
  const beyond = step > (before.lastStep ?? -1);
  const oneMore = firings.length > before.fired.length && step > (before.fired.at(-1) ?? -1);
  if (!beyond && !oneMore) return { kind: "none" };
  if (bestStep !== null && bestStep > step)
    return { kind: "over", step, reason: "the metric had improved again by the time the data came" };
  const since = checks - last.check;
  if (since > Math.max(1, patience))
    return { kind: "over", step, reason: `the data came ${since} checks too late` };
  return { kind: "news", step };
}
