/** What the audit can say. `match` and a plain `offset` of one are conventions of loggers, not faults; nor are the notes. */
export const FINDING_CODES = [
  "match",
  "offset",
  "time_scale",
  "never_stepped",
  "restarted",
  "warmup_missing",
  "scaled",
  "clipped",
  "parameter",
  "external_change",
  "plateau_mismatch",
  "lag",
  "averaged",
  "half_precision",
  "rounded",
  "other_group",
  "past_end",
  "unjudged",
  "unexplained",
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** What is worth saying of a log that is at no fault. */
const NOTES = ["averaged", "half_precision", "rounded", "other_group", "past_end", "unjudged"] as const;
type NoteCode = (typeof NOTES)[number];
export const isNote = (code: FindingCode): code is NoteCode => NOTES.some((note) => note === code);

/** What makes a log drift from its schedule. */
export type FaultCode = Exclude<FindingCode, NoteCode | "match">;
export const isFault = (code: FindingCode): code is FaultCode => code !== "match" && !isNote(code);
export const FAULT_CODES: readonly FaultCode[] = FINDING_CODES.filter(isFault);

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type FindingParams = Record<string, Json>;

/** One diagnosis: the steps it covers, the fitted parameter, a sentence, and how to mend it. */
export interface Finding {
  code: FindingCode;
  from_step: number;
  to_step: number;
  params: FindingParams;
  message: string;
  fix: string | null;
}

export interface AuditReport {
  /** `undecided`: what was logged does not tell. `unfinished`: there was no time to tell. */
  verdict: "match" | "drift" | "undecided" | "no_schedule" | "no_lr" | "unfinished";
  findings: Finding[];
  /** Loggers' convention: what was logged at step s is the LR of step s + offset. Null: the run does not tell. */
  offset: number | null;
  /**
   * |actual − effective| over the larger of the two, at its worst, with that offset. Of a match: without the few stray
   * points, or those beside a jump, that are no fault.
   */
  max_relative_error: number | null;
}

/** A diagnosis before it is put in words. `from` and `to` are steps, both included. */
export interface Explanation {
  code: FindingCode;
  from: number;
  to: number;
  params: FindingParams;
}

/** The LR logged at a step: the latest, where a step was logged several times. */
export interface LrPoint {
  step: number;
  lr: number;
  epoch: number | null;
}
