"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { ProblemError, sentenceOf } from "@/lib/client/http/problem-error";
import type { PlateauPolicyState } from "@/lib/contracts/plateau";
import { useSetPolicies } from "./queries";

interface Props {
  runId: string;
  policies: readonly PlateauPolicyState[];
  metric: string | null;
  onClose: () => void;
}

const starter = (metric: string | null) => [
  {
    metric: metric ?? "val/loss",
    mode: "min",
    detector: "torch",
    patience: 10,
    factor: 0.5,
    action: "recommend",
  },
];

/** The policies as JSON, in our words or a library's; what the server refuses is shown by field. */
export function PolicyEditor({ runId, policies, metric, onClose }: Props) {
  const id = useId();
  const current = policies.length > 0 ? policies.map((policy) => policy.policy) : starter(metric);
  const [text, setText] = useState(() => JSON.stringify(current, null, 2));
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const save = useSetPolicies(runId);
  const submit = () => {
    const parsed = parse(text);
    setUnreadable("error" in parsed ? parsed.error : null);
    if (!("error" in parsed)) save.mutate(parsed.value, { onSuccess: onClose });
  };
  const problems = unreadable ? [unreadable] : save.error ? problemsOf(save.error) : [];
  return (
    <form
      className="flex max-w-3xl flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label htmlFor={id} className="text-sm font-medium">
        Policies, as JSON
      </label>
      <textarea
        id={id}
        value={text}
        onChange={(event) => setText(event.target.value)}
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
      <p className="text-sm text-muted">
        The new policies are run over everything logged so far, so their counters start where they would be.
      </p>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={save.isPending}>
          Save
        </Button>
        <Button variant="ghost" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function parse(text: string): { value: unknown } | { error: string } {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? { value } : { error: "Policies are a list: put them between [ and ]." };
  } catch (error) {
    return { error: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function problemsOf(error: Error): string[] {
  const fields = error instanceof ProblemError ? (error.problem.invalid_params ?? []) : [];
  return fields.length > 0 ? fields.map(({ name, reason }) => `${name}: ${reason}`) : [sentenceOf(error)];
}
