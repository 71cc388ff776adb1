"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Select } from "@/components/ui/select";
import type { ImportedFile, ImportMapping, UsedMapping } from "@/lib/contracts/imports";

const NONE = "";
const ROLES = ["step", "epoch", "time", "lr"] as const;
const ROLE_LABEL = { step: "step", epoch: "epoch", time: "time", lr: "learning rate" };

interface Props {
  file: ImportedFile;
  used: UsedMapping;
  onChange: (change: ImportMapping) => void;
}

/** Which column of a table is what; guessed, to be put right. */
export function MappingForm({ file, used, onChange }: Props) {
  const options = [
    { value: NONE, label: "none" },
    ...file.columns.map(({ name }) => ({ value: name, label: name })),
  ];
  const coordinates: readonly (string | null)[] = [used.step, used.epoch, used.time];
  const candidates = file.columns.filter(({ name, numeric }) => numeric && !coordinates.includes(name));
  const toggle = (name: string, on: boolean) => {
    const taken = candidates
      .map((column) => column.name)
      .filter((one) => used.metrics.includes(one) && one !== name);
    onChange({ metrics: on ? [...taken, name] : taken });
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        {ROLES.map((role) => (
          <Select
            key={role}
            label={ROLE_LABEL[role]}
            value={used[role] ?? NONE}
            options={options}
            onChange={(value) => onChange({ [role]: value === NONE ? null : value })}
          />
        ))}
      </div>
      <fieldset>
        <legend className="mb-1.5 text-sm text-muted">Metrics to take</legend>
        <ul
          className="flex max-h-40 flex-wrap gap-x-4 gap-y-1.5 overflow-y-auto"
          tabIndex={0}
          aria-label="Metrics to take"
        >
          {candidates.map(({ name, sample }) => (
            <li key={name}>
              <label className="flex min-w-0 items-center gap-2 text-sm" title={sample.join(", ")}>
                <Checkbox
                  label={name}
                  checked={used.metrics.includes(name)}
                  onChange={(on) => toggle(name, on)}
                />
                <span className="max-w-56 truncate">{name}</span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
    </div>
  );
}
