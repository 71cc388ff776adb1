"use client";

import { useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { useUrlState } from "@/lib/client/url/use-url-state";
import type { Run } from "@/lib/contracts/runs";
import { plural } from "@/lib/presenters/format/number";
import { ConfigAgainst } from "./config-against";
import { flatten } from "./flatten";
import { PickRun } from "./pick-run";

/** The configuration as a flat list to search, alone or beside another run's. */
export function ConfigTab({ run }: { run: Run }) {
  const [search, setSearch] = useState("");
  const [url, setUrl] = useUrlState();
  const otherId = url.get("against");
  const entries = flatten(run.config);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const found = entries.filter(({ path, text }) => matches(`${path} ${text}`));
  return (
    <div className="flex max-w-4xl flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          aria-label="Search the configuration"
          placeholder={`Search ${plural(entries.length, "entry", "entries")}`}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="max-w-80"
        />
        <CopyButton text={JSON.stringify(run.config, null, 2)} label="Copy as JSON" />
        <PickRun
          trigger="Compare with another run"
          title="Whose configuration to compare with?"
          onPick={(other) => setUrl({ against: other.id })}
        />
        <span role="status" className="text-xs text-muted tabular-nums">
          {words.length > 0 && otherId === null ? `${found.length} of ${entries.length}` : ""}
        </span>
      </div>
      {otherId === null ? (
        <Entries entries={found} empty={entries.length === 0} />
      ) : (
        <ConfigAgainst
          run={run}
          otherId={otherId}
          matches={matches}
          onClose={() => setUrl({ against: null })}
        />
      )}
    </div>
  );
}

function Entries({ entries, empty }: { entries: ReturnType<typeof flatten>; empty: boolean }) {
  if (empty) {
    return (
      <EmptyState title="No configuration">
        Pass <code>config</code> when the run is created to keep it here.
      </EmptyState>
    );
  }
  return (
    <dl className="border-t border-line text-sm">
      {entries.map(({ path, text }) => (
        <div
          key={path}
          className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_4rem] items-center gap-3 border-b border-line"
        >
          <dt className="truncate py-1.5 font-mono text-muted" title={path}>
            {path}
          </dt>
          <dd className="py-1.5 font-mono break-words">{text}</dd>
          <dd className="flex">
            <CopyButton text={path} label={`Copy the path ${path}`} />
            <CopyButton text={text} label={`Copy the value of ${path}`} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
