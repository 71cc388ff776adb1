"use client";

import { Fragment, useId } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import {
  DETECTORS,
  type DraftField,
  fieldsOf,
  type PolicyDraft,
  THRESHOLD_HINTS,
  thresholdModeOf,
} from "@/lib/presenters/plateau/policy-draft";

interface Props {
  draft: PolicyDraft;
  /** Offered for the metric. */
  metrics: readonly string[];
  /** What the server has against a field. */
  problems: Readonly<Record<string, string>>;
  onChange: (draft: PolicyDraft) => void;
  onRemove: () => void;
}

const MODES = [
  { value: "min", label: "lower is better" },
  { value: "max", label: "higher is better" },
] as const;

const ACTIONS = [
  { value: "recommend", label: "recommend it" },
  { value: "apply", label: "apply it" },
] as const;

/** One policy: what it watches, by which rule, what it does, and when it keeps silent. */
export function PolicyForm({ draft, metrics, problems, onChange, onRemove }: Props) {
  const list = useId();
  const set = (name: string) => (value: string) => onChange({ ...draft, [name]: value });
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-lg border border-line p-4">
      <legend className="sr-only">{draft.metric || "New policy"}</legend>
      <div className="flex flex-wrap items-start gap-2">
        <Input
          aria-label="Metric"
          list={list}
          value={draft.metric ?? ""}
          onChange={(event) => set("metric")(event.target.value)}
          aria-invalid={problems.metric !== undefined}
          placeholder="metric"
          className="w-48 font-mono"
        />
        <datalist id={list}>
          {metrics.map((key) => (
            <option key={key} value={key} />
          ))}
        </datalist>
        <Select label="Mode" hideLabel value={modeOf(draft)} options={MODES} onChange={set("mode")} />
        <Select label="rule" value={detectorOf(draft)} options={DETECTORS} onChange={set("detector")} />
        <Select label="and" value={actionOf(draft)} options={ACTIONS} onChange={set("action")} />
        <Button variant="ghost" className="sm:ml-auto" onClick={onRemove}>
          Remove
        </Button>
      </div>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-3">
        {fieldsOf(draft.detector).map((field) => (
          <Fragment key={field.name}>
            <NumberField
              field={field}
              value={draft[field.name] ?? ""}
              problem={problems[field.name]}
              onChange={set(field.name)}
            />
            {field.name === "threshold" ? (
              <ThresholdMode draft={draft} onChange={set("threshold_mode")} />
            ) : null}
          </Fragment>
        ))}
      </div>
      {Object.entries(problems).map(([name, problem]) => (
        <p key={name} role="alert" className="text-sm text-failed">
          {problem}
        </p>
      ))}
    </fieldset>
  );
}

const modeOf = (draft: PolicyDraft) => (draft.mode === "max" ? "max" : "min");
const actionOf = (draft: PolicyDraft) => (draft.action === "apply" ? "apply" : "recommend");
const detectorOf = (draft: PolicyDraft) =>
  DETECTORS.find(({ value }) => value === draft.detector)?.value ?? "torch";

/** What the threshold is measured in, where the rule leaves a choice. */
function ThresholdMode({ draft, onChange }: { draft: PolicyDraft; onChange: (mode: string) => void }) {
  const mode = thresholdModeOf(draft);
  if (!mode) return null;
  return (
    <div className="flex flex-col gap-1">
      <span className="text-sm" aria-hidden>
        Threshold as
      </span>
      <Select
        label="Threshold as"
        hideLabel
        value={mode.value}
        options={mode.options}
        onChange={onChange}
        className="justify-between"
      />
      <span className="text-xs text-muted">{THRESHOLD_HINTS[mode.value]}</span>
    </div>
  );
}

interface NumberProps {
  field: DraftField;
  value: string;
  problem: string | undefined;
  onChange: (value: string) => void;
}

function NumberField({ field: { label, hint }, value, problem, onChange }: NumberProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
      <Input
        id={id}
        inputMode="decimal"
        value={value}
        placeholder="default"
        aria-describedby={`${id}-hint`}
        aria-invalid={problem !== undefined}
        onChange={(event) => onChange(event.target.value)}
        className="font-mono"
      />
      <span id={`${id}-hint`} className="text-xs text-muted">
        {hint}
      </span>
    </div>
  );
}
