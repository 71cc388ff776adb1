"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef } from "react";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { Select } from "@/components/ui/select";
import { useShortcuts } from "@/lib/client/keyboard/use-shortcuts";
import { RunStatus } from "@/lib/contracts/runs";
import { familyLabel } from "@/lib/presenters/runs/project-view";
import type { RunFilter } from "@/lib/presenters/runs/run-filter";

/** Fetched after the table: its place is kept. */
const ColumnMenu = dynamic(() => import("./column-menu").then((file) => file.ColumnMenu), {
  ssr: false,
  loading: () => <span className="size-8" />,
});

interface Props {
  filter: RunFilter;
  families: readonly string[];
  hidden: readonly string[];
  onChange: (patch: Record<string, string | null>) => void;
}

const ANY = "any";

export function RunsToolbar({ filter, families, hidden, onChange }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => field.current?.focus() });
  const statuses = [ANY, ...RunStatus.options].map((value) => ({ value, label: value }));
  const schedules = [ANY, ...families].map((value) => ({
    value,
    label: value === ANY ? ANY : familyLabel(value),
  }));
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 py-2">
      <div className="relative min-w-44 flex-1">
        <Search size={14} aria-hidden className="absolute top-1/2 left-2.5 -translate-y-1/2 text-faint" />
        <Input
          ref={field}
          type="search"
          aria-label="Filter runs by name, group, tag or schedule"
          placeholder="Filter runs"
          className="pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden"
          value={filter.text}
          onChange={(event) => onChange({ q: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            onChange({ q: null });
            event.currentTarget.blur();
          }}
        />
        <span className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 max-md:hidden">
          {filter.text === "" ? <Kbd>/</Kbd> : null}
        </span>
      </div>
      <Select
        label="status"
        value={filter.status ?? ANY}
        options={statuses}
        onChange={(value) => onChange({ status: value === ANY ? null : value })}
      />
      <Select
        label="schedule"
        value={filter.family ?? ANY}
        options={schedules}
        onChange={(value) => onChange({ schedule: value === ANY ? null : value })}
      />
      <ColumnMenu hidden={hidden} onChange={onChange} />
    </div>
  );
}
