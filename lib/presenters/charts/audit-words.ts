import type { AuditReport, Finding } from "@/lib/contracts/audit";
import { byWeight } from "@/lib/domain/audit/verdict";
import { formatInteger } from "@/lib/presenters/format/number";

/** The findings that call for a look, what the run is known by first; none unless the verdict is drift. */
export function faults({ verdict, findings }: AuditReport): Finding[] {
  return verdict === "drift" ? byWeight(findings).filter(({ code }) => code !== "match") : [];
}

export function stepsText({ from_step: from, to_step: to }: Pick<Finding, "from_step" | "to_step">): string {
  return from === to ? `step ${formatInteger(from)}` : `steps ${formatInteger(from)} to ${formatInteger(to)}`;
}

const VERDICTS: Record<AuditReport["verdict"], string> = {
  match: "The learning rate follows its declared schedule.",
  drift: "The learning rate departs from its declared schedule.",
  undecided: "What was logged does not show whether the learning rate follows its declared schedule.",
  no_schedule: "No schedule was declared, so there is nothing to compare the learning rate with.",
  no_lr: "The job logs no learning rate, so the schedule cannot be checked.",
  unfinished: "Checking the learning rate against its schedule took too long. Reload the page to try again.",
};

export const verdictSentence = ({ verdict }: AuditReport): string => VERDICTS[verdict];
