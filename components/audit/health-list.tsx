"use client";

import { useQuery } from "@tanstack/react-query";
import { Status, type Shape, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { HealthNote, HealthNotes } from "@/lib/contracts/health-notes";
import type { Run } from "@/lib/contracts/runs";
import { formatFigure, formatInteger } from "@/lib/presenters/format/number";
import { HEALTH_WORDS } from "@/lib/presenters/runs/verdict-words";
import { healthNotesQuery } from "./queries";

interface Props {
  run: Run;
  /** As the page came with it. */
  initial: HealthNotes;
  onSteps: (from: number, to: number) => void;
}

const LOOKS: Readonly<Record<HealthNote["severity"], { tone: Tone; shape: Shape }>> = {
  good: { tone: "verified", shape: "check" },
  info: { tone: "neutral", shape: "ring" },
  warning: { tone: "recommended", shape: "triangle" },
  critical: { tone: "failed", shape: "cross" },
};

/** What the losses say about the LR, with the figures behind it; nothing when there is too little to judge. */
export function HealthList({ run, initial, onSteps }: Props) {
  const { notes, not_the_goal: notTheGoal } = useQuery({
    ...healthNotesQuery(run.id, run.status === "running"),
    initialData: initial,
  }).data;
  if (notes.length === 0 && notTheGoal === null) return null;
  return (
    <section aria-label="Health" className="mb-6">
      <h3 className="mb-1 text-sm font-medium text-muted">Health</h3>
      {notTheGoal === null ? null : (
        <p className="mb-1 text-sm text-pretty">
          Only values that are not finite are reported here: {notTheGoal}.
        </p>
      )}
      <ul className="flex flex-col divide-y divide-line border-y border-line">
        {notes.map((note) => (
          <li
            key={`${note.code} ${note.metric} ${note.from_step}`}
            className="grid items-start gap-x-4 gap-y-0.5 py-2 text-sm sm:grid-cols-[9rem_minmax(0,1fr)_auto]"
          >
            <Status {...LOOKS[note.severity]}>{HEALTH_WORDS[note.code]}</Status>
            <div className="min-w-0">
              <p className="text-pretty">{note.message}</p>
              <p className="text-xs text-pretty text-muted tabular-nums">{evidenceText(note)}</p>
              <p className="text-xs text-pretty text-muted">Rule: {note.rule}</p>
            </div>
            <Button
              size="small"
              variant="ghost"
              onClick={() => onSteps(note.from_step, note.to_step)}
              className="w-fit"
            >
              Show on chart
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function evidenceText({ metric, from_step, to_step, evidence }: HealthNote): string {
  const figures = Object.entries(evidence).map(
    ([name, value]) =>
      `${name.replaceAll("_", " ")} ${typeof value === "number" ? formatFigure(value) : value}`,
  );
  const steps =
    from_step === to_step
      ? `step ${formatInteger(from_step)}`
      : `steps ${formatInteger(from_step)} to ${formatInteger(to_step)}`;
  return [metric, steps, ...figures].join(" · ");
}
