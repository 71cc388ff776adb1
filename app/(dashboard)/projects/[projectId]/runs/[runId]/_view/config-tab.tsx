"use client";

import { useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import type { Run } from "@/lib/contracts/runs";
import { plural } from "@/lib/presenters/format/number";
import { flatten } from "./flatten";

/** The configuration as a flat list to search. */
export function ConfigTab({ config }: Pick<Run, "config">) {
  const [search, setSearch] = useState("");
  const entries = flatten(config);
  if (entries.length === 0) {
    return (
      <EmptyState title="No configuration">
        Pass <code>config</code> when the run is created to keep it here.
      </EmptyState>
    );
  }
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = entries.filter(({ path, text }) =>
    words.every((word) => `${path} ${text}`.toLowerCase().includes(word)),
  );
  return (
    <div className="flex max-w-4xl flex-col gap-2">
      <div className="flex items-center gap-2">
        <Input
          type="search"
          aria-label="Search the configuration"
          placeholder={`Search ${plural(entries.length, "entry", "entries")}`}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="max-w-80"
        />
        <CopyButton text={JSON.stringify(config, null, 2)} label="Copy as JSON" />
        <span role="status" className="text-xs text-muted tabular-nums">
          {words.length > 0 ? `${found.length} of ${entries.length}` : ""}
        </span>
      </div>
      <dl className="border-t border-line text-sm">
        {found.map(({ path, text }) => (
          <div
            key={path}
            className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_2rem] items-center gap-3 border-b border-line"
          >
            <dt className="truncate py-1.5 font-mono text-muted" title={path}>
              {path}
            </dt>
            <dd className="py-1.5 font-mono break-words">{text}</dd>
            <CopyButton text={text} label={`Copy ${path}`} />
          </div>
        ))}
      </dl>
    </div>
  );
}
