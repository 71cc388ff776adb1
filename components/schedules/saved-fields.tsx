"use client";

import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Project } from "@/lib/contracts/projects";

export interface SavedForm {
  readonly name: string;
  /** As typed, separated by commas. */
  readonly tags: string;
  /** An id. */
  readonly project: string | null;
}

interface Props {
  form: SavedForm;
  projects: readonly Project[];
  onChange: (form: SavedForm) => void;
}

const NONE = "";

/** What a saved schedule is found by. */
export function SavedFields({ form, projects, onChange }: Props) {
  const options = [
    { value: NONE, label: "no project" },
    ...projects.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <>
      <label className="flex flex-col gap-1 text-sm text-muted">
        Name
        <Input
          required
          maxLength={250}
          value={form.name}
          onChange={(event) => onChange({ ...form, name: event.currentTarget.value })}
        />
      </label>
      <label className="flex flex-col gap-1 text-sm text-muted">
        Tags, separated by commas
        <Input
          placeholder="cnn, sgd"
          value={form.tags}
          onChange={(event) => onChange({ ...form, tags: event.currentTarget.value })}
        />
      </label>
      <Select
        label="For"
        value={form.project ?? NONE}
        options={options}
        onChange={(project) => onChange({ ...form, project: project === NONE ? null : project })}
      />
    </>
  );
}
