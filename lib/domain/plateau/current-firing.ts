interface Judged {
  /** What this data made fire, after new steps the new firings, after a replay all of them: the last step. */
  lastFired: number | null;
  /** How often it has fired so far. */
  count: number;
  /** The step of the best value. */
  bestStep: number | null;
}

interface Before {
  /** The last step of the firings known before, and how many there were. */
  lastFired: number | null;
  count: number;
  lastStep: number | null;
}

export type News =
  /** Ask for something. */
  | { kind: "news"; step: number }
  /** It fired, and there is nothing to ask for any more. */
  | { kind: "over"; step: number; reason: string }
  | { kind: "none" };

/** Seconds before the last value within which a firing still speaks about the LR of now. */
const PROMPT_S = 60;

/**
 * Of what a rule did to the LR in one batch, what a policy that applies asks for: all of the last minute, so that the job
 * has the LR that the same rule would have given it on its own, however fast it logs. What is older is a backlog.
 */
export const promptOnly = <T extends { time: number }>(done: readonly T[], lastTime: number): T[] =>
  done.filter(({ time }) => time >= lastTime - PROMPT_S);

/**
 * What a detector's verdict asks for once new data are in. A request acts on the LR of now, whatever step its firing has;
 * so of all that fired only the last one can be news, and only while it still describes the run:
 *
 * - it lies beyond what was judged before, or it is one more firing than before (writers that overtake one another make
 *   it show late). A firing that late data only moved is none;
 * - nothing has improved since. A job's backlog after a lost connection does not cut the LR for a plateau that is over,
 *   and a job so fast that a batch holds many checks is still told of the one that lasts.
 */
export function newsOf({ lastFired: step, count, bestStep }: Judged, before: Before): News {
  if (step === null) return { kind: "none" };
  const beyond = step > (before.lastStep ?? -1);
  const oneMore = count > before.count && step > (before.lastFired ?? -1);
  if (!beyond && !oneMore) return { kind: "none" };
  if (bestStep !== null && bestStep > step)
    return { kind: "over", step, reason: "the metric had improved again by the time the data came" };
  return { kind: "news", step };
}
