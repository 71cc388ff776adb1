import type { RunVerdict } from "@/lib/contracts/verdicts";
import { type Figure, faultName, type Verdict, VERDICTS, verdictWords } from "@/lib/domain/audit/verdict";
import { HEALTH_CODES, type HealthCode } from "@/lib/domain/health/note";
import type { Field } from "@/lib/domain/query/fields";

export interface VerdictModel {
  word: string;
  tone: "neutral" | "drift" | "failed";
  shape: "check" | "triangle" | "cross";
  /** A sentence for hovering. */
  detail: string;
}

/** Whether the LR follows its schedule, and what is wrong where it does not; null for a run that was not judged. */
export function presentVerdict(run: { audit: Verdict | null; figure: Figure }): VerdictModel | null {
  const { audit, figure } = run;
  if (audit === null) return null;
  const word = verdictWords(audit, figure);
  return audit === "match"
    ? { word, tone: "neutral", shape: "check", detail: "The LR follows its schedule." }
    : {
        word,
        tone: "drift",
        shape: "triangle",
        detail: `The LR drifts from its schedule: ${word}. Open the run to see where, and how to fix it.`,
      };
}

/** None of them is praise: a run whose loss falls may drift or fail all the same. */
export const HEALTH_WORDS: Readonly<Record<HealthCode, string>> = {
  too_high: "LR may be high",
  too_low: "LR may be low",
  diverged: "diverged",
  nan: "loss not finite",
  spikes: "spikes",
  overfitting: "overfitting",
  good: "loss fell",
};

/** The one thing that a person should know of a run before opening it: a loss that was lost, else its LR. */
export function presentHeadline({ audit, figure, health }: Omit<RunVerdict, "plateau">): VerdictModel | null {
  if (health !== "diverged" && health !== "nan") return presentVerdict({ audit, figure });
  return {
    word: HEALTH_WORDS[health],
    tone: "failed",
    shape: "cross",
    detail: "The loss diverged or is not finite.",
  };
}

/** A stored word as it is read aloud; every other text as it is. */
export function wordOf(field: Field, value: string): string {
  if (field.kind !== "named") return value;
  if (field.name === "audit") return nameOf(VERDICTS, value, faultName) ?? value;
  return field.name === "health"
    ? (nameOf(HEALTH_CODES, value, (code) => HEALTH_WORDS[code]) ?? value)
    : value;
}

function nameOf<C extends string>(
  codes: readonly C[],
  value: string,
  name: (code: C) => string,
): string | null {
  const code = codes.find((known) => known === value);
  return code === undefined ? null : name(code);
}
