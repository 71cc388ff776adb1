export type HealthCode = "too_high" | "too_low" | "diverged" | "nan" | "spikes" | "overfitting" | "good";

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

/** Evidence without what is not known. */
export function evidenceOf(figures: Record<string, number | null>): HealthNote["evidence"] {
  return Object.fromEntries(
    Object.entries(figures).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  );
}
