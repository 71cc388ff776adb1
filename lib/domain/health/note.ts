export const HEALTH_CODES = [
  "diverged",
  "nan",
  "too_high",
  "too_low",
  "spikes",
  "overfitting",
  "good",
] as const;
export type HealthCode = (typeof HEALTH_CODES)[number];

/** What the metrics of a run say about its LR, with the figures behind it. */
export interface HealthNote {
  code: HealthCode;
  severity: "good" | "info" | "warning" | "critical";
  /** What was judged. */
  metric: string;
  from_step: number;
  to_step: number;
  message: string;
  evidence: Record<string, number | string>;
}

/** By which rule each code is given, in a sentence. The figures are those of the files that apply them. */
export const RULES: Record<HealthCode, string> = {
  nan: "Critical from three values in a row that are not finite, or when the run ends with one; a warning for fewer.",
  diverged:
    "The median of the last tenth is above the best running median by more than half of all that was gained and five times the noise of a point; or its running median exceeded 1.5 times its start, and its start by five times the noise of a point, at three points or more, and is less than a tenth below its start at the end.",
  spikes:
    "Three values or more leap above the medians on both sides of them: twofold, by eight deviations of ln loss, and by a tenth of its range.",
  too_high: "The loss diverged, spikes, or grew to twice its best before it was no longer finite.",
  too_low:
    "The loss is above half of its start, and still falls at half of its best rate or more at the full height of the LR; or the LR was below 1 % of its peak for 30 % of the run while the loss stood still.",
  overfitting:
    "The latest validation losses are above the best ones by more than 5 % and three deviations, while the training loss fell by 5 %.",
  good: "The loss fell by more than the noise of a point and 2 % of its start, and none of the other rules applies.",
};

const WEIGHTS = { good: 0, info: 1, warning: 2, critical: 3 } as const;

/** The gravest note, of equals the first; null without any. */
export function worstNote<N extends Pick<HealthNote, "severity">>(notes: readonly N[]): N | null {
  const weight = (note: N | null) => (note === null ? -1 : WEIGHTS[note.severity]);
  return notes.reduce<N | null>((worst, note) => (weight(note) > weight(worst) ? note : worst), null);
}

/** Evidence without what is not known. */
export function evidenceOf(figures: Record<string, number | null>): HealthNote["evidence"] {
  return Object.fromEntries(
    Object.entries(figures).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  );
}
