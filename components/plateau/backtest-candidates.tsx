"use client";

import { X } from "lucide-react";
import { useId } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { candidateCss, type PolicyCandidate } from "@/lib/presenters/plateau/candidates";
import { DETECTORS, type PolicyDraft } from "@/lib/presenters/plateau/policy-draft";

interface Props {
  candidates: readonly PolicyCandidate[];
  metrics: readonly string[];
  /** What the server has against a field, by candidate. */
  problems: readonly Readonly<Record<string, string>>[];
  /** `run`: whole at once, so the backtest may be made; typing waits for Enter. */
  onChange: (candidates: PolicyCandidate[], run: boolean) => void;
}

/** The policies side by side, a row each. */
export function BacktestCandidates({ candidates, metrics, problems, onChange }: Props) {
  return (
    <ul className="flex flex-col gap-2">
      {candidates.map((candidate, i) => (
        <CandidateRow
          key={candidate.letter}
          candidate={candidate}
          metrics={metrics}
          problems={problems[i] ?? {}}
          onDraft={(draft, run) =>
            onChange(
              candidates.map((other, j) => (j === i ? { ...other, draft } : other)),
              run,
            )
          }
          onRemove={() =>
            onChange(
              candidates.filter((_, j) => j !== i),
              true,
            )
          }
        />
      ))}
    </ul>
  );
}

interface RowProps {
  candidate: PolicyCandidate;
  metrics: readonly string[];
  problems: Readonly<Record<string, string>>;
  onDraft: (draft: PolicyDraft, run: boolean) => void;
  onRemove: () => void;
}

const MODES = [
  { value: "min", label: "lower is better" },
  { value: "max", label: "higher is better" },
] as const;

const fieldsFor = (draft: PolicyDraft): readonly (readonly [name: string, label: string])[] => [
  ...(draft.detector === "trend" ? ([["window", "window"]] as const) : []),
  ["patience", "patience"],
  ["threshold", "threshold"],
  ["cooldown", "cooldown"],
  ["factor", "factor"],
];

function CandidateRow({ candidate: { letter, draft }, metrics, problems, onDraft, onRemove }: RowProps) {
  const pick = (name: string) => (value: string) => onDraft({ ...draft, [name]: value }, true);
  const keys = metrics.includes(draft.metric ?? "") ? metrics : [draft.metric ?? "", ...metrics];
  return (
    <li aria-label={`Policy ${letter}`} className="flex flex-wrap items-center gap-2">
      <span className="max-sm:order-first max-sm:w-[calc(100%-3rem)]">
        <Letter letter={letter} />
      </span>
      <Select
        label="Metric"
        hideLabel
        value={draft.metric ?? ""}
        options={keys.map((key) => ({ value: key, label: key }))}
        onChange={pick("metric")}
        className="max-w-44 font-mono"
      />
      <Select
        label="Mode"
        hideLabel
        value={draft.mode === "max" ? "max" : "min"}
        options={MODES}
        onChange={pick("mode")}
      />
      <Select
        label="rule"
        value={DETECTORS.find(({ value }) => value === draft.detector)?.value ?? "torch"}
        options={DETECTORS}
        onChange={pick("detector")}
      />
      <div className="grid w-full grid-cols-2 gap-2 sm:contents">
        {fieldsFor(draft).map(([name, label]) => (
          <Field
            key={name}
            label={label}
            value={draft[name] ?? ""}
            problem={problems[name]}
            onChange={(value) => onDraft({ ...draft, [name]: value }, false)}
          />
        ))}
      </div>
      <IconButton label={`Remove policy ${letter}`} className="max-sm:order-first" onClick={onRemove}>
        <X size={15} aria-hidden />
      </IconButton>
      {Object.entries(problems).map(([name, problem]) => (
        <p key={name} role="alert" className="w-full text-sm text-failed">
          {problem}
        </p>
      ))}
    </li>
  );
}

/** A candidate's mark: its colour and its letter. */
export function Letter({ letter }: { letter: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-sm font-semibold">
      <span aria-hidden className="h-4 w-1 rounded-full" style={{ background: candidateCss(letter) }} />
      {letter}
    </span>
  );
}

interface FieldProps {
  label: string;
  value: string;
  problem: string | undefined;
  onChange: (value: string) => void;
}

function Field({ label, value, problem, onChange }: FieldProps) {
  const id = useId();
  return (
    <span className="inline-flex items-center justify-between gap-1">
      <label htmlFor={id} className="text-sm text-muted">
        {label}
      </label>
      <Input
        id={id}
        inputMode="decimal"
        value={value}
        placeholder="default"
        aria-invalid={problem !== undefined}
        onChange={(event) => onChange(event.target.value)}
        className="w-18 px-1.5 font-mono"
      />
    </span>
  );
}
