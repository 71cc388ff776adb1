"use client";

import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Input } from "@/components/ui/input";
import { PanelError } from "@/components/ui/panel-error";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { pickRunQuery } from "@/lib/client/runs/pick";
import type { Run } from "@/lib/contracts/runs";

interface Props {
  onPick: (run: Run) => void;
  /** Under a run's name: what matters for the choice. */
  detail: (run: Run) => string;
  disabled?: boolean;
}

/** A search over all runs; a click chooses one. */
export function RunPicker({ onPick, detail, disabled = false }: Props) {
  const [text, setText] = useState("");
  const { data, error, refetch } = useQuery(pickRunQuery(useDeferredValue(text.trim())));
  return (
    <div className="flex min-h-72 flex-col gap-2">
      <div className="relative">
        <Search size={14} aria-hidden className="absolute top-1/2 left-2.5 -translate-y-1/2 text-faint" />
        <Input
          type="search"
          aria-label="Find a run by name, id or tag"
          placeholder="Find a run"
          className="pl-8"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      {error ? <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} /> : null}
      <ul aria-label="Runs" className="flex max-h-80 flex-col overflow-y-auto">
        {data?.items.map((run) => (
          <li key={run.id}>
            <button
              type="button"
              disabled={disabled}
              onClick={() => onPick(run)}
              className="flex w-full flex-col rounded-md px-2 py-1.5 text-left hover:bg-active disabled:opacity-50"
            >
              <span className="w-full truncate text-sm">
                <span className="font-medium">{run.name}</span>
                <span className="text-muted"> in {run.project.name}</span>
              </span>
              <span className="w-full truncate text-xs text-muted">{detail(run)}</span>
            </button>
          </li>
        ))}
      </ul>
      {data?.items.length === 0 ? (
        <p className="px-2 text-sm text-muted">
          {text.trim() === "" ? "No run has been logged yet." : "No run has this in its name, id or tags."}
        </p>
      ) : null}
    </div>
  );
}
