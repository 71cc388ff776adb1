"use client";

import { useState } from "react";
import { Input } from "@/components/ui/input";
import { findOperations, type ListedGroup } from "@/lib/presenters/docs/find-operations";

/** Every call by method and path, narrowed by a search; a click goes there. */
export function OperationList({ groups }: { groups: readonly ListedGroup[] }) {
  const [search, setSearch] = useState("");
  const shown = findOperations(groups, search);
  return (
    <nav aria-label="Endpoints" className="text-sm max-lg:hidden">
      <div className="sticky top-16 flex max-h-[calc(100dvh-5rem)] flex-col gap-3">
        <Input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder="Search calls and fields"
          aria-label="Search calls and fields"
        />
        <ul className="flex flex-col gap-4 overflow-y-auto pb-4">
          {shown.map(({ tag, anchor, operations }) => (
            <li key={tag}>
              <a href={`#${anchor}`} className="font-medium capitalize hover:underline">
                {tag}
              </a>
              <ul className="mt-1 flex flex-col border-l border-line">
                {operations.map(({ anchor: id, method, path, summary }) => (
                  <li key={id}>
                    <a
                      href={`#${id}`}
                      title={summary}
                      className="-ml-px flex gap-2 border-l border-transparent py-0.5 pl-3 font-mono text-xs leading-5 text-muted hover:border-ink hover:text-ink"
                    >
                      <span className="w-12 shrink-0 text-faint">{method}</span>
                      <span className="min-w-0 break-words">{path}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
        {shown.length === 0 ? (
          <p role="status" className="text-muted">
            No call has “{search.trim()}” in its path, summary or fields.
          </p>
        ) : null}
      </div>
    </nav>
  );
}
