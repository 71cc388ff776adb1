"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ProblemError, sentenceOf } from "@/lib/client/http/problem-error";
import type { JsonObject } from "@/lib/contracts/common";
import type { PlateauPolicyState } from "@/lib/contracts/plateau";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import { fromDraft, newDraft, type PolicyDraft, toDraft } from "@/lib/presenters/plateau/policy-draft";
import { PolicyForm } from "./policy-form";
import { useSetPolicies } from "./queries";

interface Props {
  runId: string;
  projectId: string;
  policies: readonly PlateauPolicyState[];
  /** Offered for a policy's metric. */
  metrics: readonly string[];
  primary: PrimaryMetric | null;
  onClose: () => void;
}

/** Either a form for each policy, or all of them as JSON: a library's own words fit only there. */
type Draft = { form: PolicyDraft[] } | { json: string };

const asJson = (policies: readonly JsonObject[]): Draft => ({ json: JSON.stringify(policies, null, 2) });

function asForm(policies: readonly JsonObject[]): Draft | null {
  const form = policies.map(toDraft);
  return form.every((draft) => draft !== null) ? { form } : null;
}

/** Edits a run's policies while it runs; what the server refuses is shown at the field. */
export function PolicyEditor({ runId, projectId, policies, metrics, primary, onClose }: Props) {
  const fresh = newDraft(primary?.key ?? "val/loss", primary?.mode ?? "min");
  const [draft, setDraft] = useState<Draft>(() => {
    const current = policies.map(({ policy }) => policy);
    return current.length === 0 ? { form: [fresh] } : (asForm(current) ?? asJson(current));
  });
  const [asDefault, setAsDefault] = useState(false);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const save = useSetPolicies(runId, asDefault ? projectId : null);
  const problems = problemsOf(save.error);
  const read = () => {
    const parsed = "form" in draft ? { policies: draft.form.map(fromDraft) } : parse(draft.json);
    setUnreadable("error" in parsed ? parsed.error : null);
    return "error" in parsed ? null : parsed.policies;
  };
  const turn = () => {
    const current = read();
    const other = current && ("form" in draft ? asJson(current) : asForm(current));
    if (other) setDraft(other);
    else if (current) setUnreadable("The form has no fields for some of these options; edit them as JSON.");
  };
  const submit = () => {
    const current = read();
    if (current) save.mutate(current, { onSuccess: onClose });
  };
  return (
    <form
      className="flex max-w-4xl flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {"form" in draft ? (
        <Forms
          drafts={draft.form}
          metrics={metrics}
          fresh={fresh}
          problems={problems.byPolicy}
          onChange={(form) => setDraft({ form })}
        />
      ) : (
        <JsonField text={draft.json} onChange={(json) => setDraft({ json })} problems={problems.named} />
      )}
      {[unreadable, problems.other].map((problem) =>
        problem ? (
          <p key={problem} role="alert" className="text-sm text-failed">
            {problem}
          </p>
        ) : null,
      )}
      <label className="flex items-center gap-2 text-sm">
        <Checkbox checked={asDefault} onChange={setAsDefault} label="Also for new runs of the project" />
        Also for new runs of the project that name no policies
      </label>
      <p className="max-w-prose text-sm text-muted">
        New and changed policies are replayed over everything logged so far, so their counters are up to date;
        they make no request about the past. The change is recorded in the events under your name.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" disabled={save.isPending}>
          Save
        </Button>
        <Button variant="ghost" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="ghost" className="ml-auto" onClick={turn}>
          {"form" in draft ? "Edit as JSON" : "Edit as a form"}
        </Button>
      </div>
    </form>
  );
}

interface FormsProps {
  drafts: readonly PolicyDraft[];
  metrics: readonly string[];
  fresh: PolicyDraft;
  problems: readonly Readonly<Record<string, string>>[];
  onChange: (drafts: PolicyDraft[]) => void;
}

function Forms({ drafts, metrics, fresh, problems, onChange }: FormsProps) {
  return (
    <>
      {drafts.map((draft, index) => (
        <PolicyForm
          // Policies have no identity until they are saved; their place is it.
          key={index}
          draft={draft}
          metrics={metrics}
          problems={problems[index] ?? {}}
          onChange={(next) => onChange(drafts.map((other, i) => (i === index ? next : other)))}
          onRemove={() => onChange(drafts.filter((_, i) => i !== index))}
        />
      ))}
      {drafts.length === 0 ? <p className="text-sm text-muted">No policy watches the run.</p> : null}
      <div>
        <Button size="small" onClick={() => onChange([...drafts, fresh])}>
          Add a policy
        </Button>
      </div>
    </>
  );
}

interface JsonProps {
  text: string;
  problems: readonly string[];
  onChange: (text: string) => void;
}

function JsonField({ text, problems, onChange }: JsonProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="text-sm font-medium">
        Policies, as JSON
      </label>
      <textarea
        id={id}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        spellCheck={false}
        rows={Math.min(24, text.split("\n").length + 1)}
        aria-invalid={problems.length > 0}
        aria-describedby={`${id}-problems`}
        className="rounded-md border border-line-strong bg-ground p-3 font-mono text-sm aria-invalid:border-failed"
      />
      <ul id={`${id}-problems`} role="alert" className="text-sm text-failed">
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </>
  );
}

function parse(text: string): { policies: JsonObject[] } | { error: string } {
  try {
    const value: unknown = JSON.parse(text);
    const isList = Array.isArray(value) && value.every((item) => typeof item === "object" && item !== null);
    return isList ? { policies: value } : { error: "Policies are a list: put them between [ and ]." };
  } catch (error) {
    return { error: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** What the server has against the policies: by policy and field, as lines, and what concerns none of them. */
function problemsOf(error: Error | null) {
  const fields = error instanceof ProblemError ? (error.problem.invalid_params ?? []) : [];
  const byPolicy: Record<string, string>[] = [];
  for (const { name, reason } of fields) {
    const [, index, field] = /^\w+\[(\d+)\]\.?(.*)$/.exec(name) ?? [];
    if (index !== undefined)
      byPolicy[Number(index)] = { ...byPolicy[Number(index)], [field || "policy"]: reason };
  }
  return {
    byPolicy,
    named: fields.map(({ name, reason }) => `${name}: ${reason}`),
    other: error && fields.length === 0 ? sentenceOf(error) : null,
  };
}
