"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { FormEnd } from "@/components/ui/form-end";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { updateProject } from "@/lib/client/projects/changes";
import { queryKeys } from "@/lib/client/query-keys";
import type { Project } from "@/lib/contracts/projects";
import { MODE_OPTIONS, projectDraft, projectPatch } from "@/lib/presenters/projects/project-draft";

interface Props {
  project: Project;
  /** Offered for what the project is judged by. */
  metrics: readonly string[];
  onClose: () => void;
}

/** What a project is called, what it asks, and by which metric it is judged. */
export function ProjectDialog({ project, metrics, onClose }: Props) {
  const [draft, setDraft] = useState(() => projectDraft(project));
  const client = useQueryClient();
  const list = useId();
  const save = useMutation({
    mutationFn: () => updateProject(project.id, projectPatch(draft)),
    onSuccess: (saved) => {
      client.setQueryData(queryKeys.project(project.id), saved);
      void client.invalidateQueries({ queryKey: queryKeys.projects() });
      onClose();
    },
  });
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Edit the project">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Labelled label="Name">
          {(id) => (
            <Input
              id={id}
              value={draft.name}
              maxLength={250}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Labelled>
        <Labelled label="Description" hint="What its runs are meant to find out.">
          {(id) => (
            <textarea
              id={id}
              value={draft.description}
              rows={3}
              maxLength={10_000}
              onChange={(event) => set({ description: event.target.value })}
              className="rounded-md border border-line-strong bg-ground px-2 py-1.5 text-sm"
            />
          )}
        </Labelled>
        <div className="flex items-end gap-2">
          <Labelled label="Judged by">
            {(id) => (
              <Input
                id={id}
                list={list}
                value={draft.metric}
                placeholder="chosen by name"
                onChange={(event) => set({ metric: event.target.value })}
                className="font-mono"
              />
            )}
          </Labelled>
          <datalist id={list}>
            {metrics.map((key) => (
              <option key={key} value={key} />
            ))}
          </datalist>
          <Select
            label="Mode"
            hideLabel
            value={draft.mode}
            options={MODE_OPTIONS}
            onChange={(mode) => set({ mode })}
            className="shrink-0"
          />
        </div>
        <FormEnd
          problem={save.error && sentenceOf(save.error)}
          submit="Save"
          disabled={save.isPending || draft.name.trim() === ""}
        />
      </form>
    </Dialog>
  );
}

interface LabelledProps {
  label: string;
  hint?: string;
  children: (id: string) => ReactNode;
}

function Labelled({ label, hint, children }: LabelledProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1">
      <label htmlFor={id} className="text-sm text-muted">
        {label}
      </label>
      {children(id)}
      {hint ? <p className="text-xs text-muted">{hint}</p> : null}
    </div>
  );
}
