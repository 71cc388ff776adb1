"use client";

import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import { useShortcuts } from "@/lib/client/keyboard/use-shortcuts";
import { runFieldsQuery } from "@/lib/client/runs/queries";
import { complete, vocabularyOf } from "@/lib/presenters/runs/filter-completion";
import { readFilter, type RunFilter } from "@/lib/presenters/runs/run-filter";
import type { RunRow } from "@/lib/presenters/runs/run-row";
import type { RunsView } from "@/lib/presenters/runs/runs-view";
import { FilterField } from "./filter-field";

interface Props {
  projectId: string | null;
  /** The filter, as the URL holds it. */
  text: string;
  rows: readonly RunRow[];
  metrics: readonly string[];
  names: RunsView["names"];
  onChange: (text: string) => void;
}

/** A filter in words. What cannot be read narrows nothing and says why, typed or from a link. */
export function FilterBox({ projectId, text, rows, metrics, names, onChange }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  useShortcuts({ "/": () => box.current?.querySelector("input")?.focus() });
  const { data } = useQuery({ ...runFieldsQuery(projectId), enabled: asked });
  const vocabulary = useMemo(
    () => (asked ? vocabularyOf(rows, metrics, data?.items ?? []) : null),
    [asked, rows, metrics, data],
  );
  const { error } = readFilter(text, names);
  const completions = useMemo(() => (vocabulary ? complete(text, vocabulary) : []), [text, vocabulary]);
  return (
    <div ref={box} className="relative min-w-44 flex-1">
      <Search size={14} aria-hidden className="absolute top-1/2 left-2.5 -translate-y-1/2 text-faint" />
      <FilterField
        aria-label="Filter runs"
        aria-invalid={error !== null}
        aria-describedby={error ? "filter-error" : undefined}
        placeholder="Filter, such as status:running lr<0.01"
        spellCheck={false}
        autoCapitalize="off"
        className={cn(
          "h-8 w-full rounded-md border bg-ground pr-8 pl-8 text-sm text-ink",
          error ? "border-failed" : "border-line-strong",
        )}
        text={text}
        onText={onChange}
        completions={completions}
        open={open}
        onOpen={setOpen}
        onFocus={() => setAsked(true)}
      />
      <span className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 max-md:hidden">
        {text === "" ? <Kbd>/</Kbd> : null}
      </span>
      <FilterError text={text} error={error} hidden={open && completions.length > 0} />
    </div>
  );
}

/** Lies over what is below: nothing moves while someone types. */
function FilterError({ text, error, hidden }: { text: string; error: RunFilter["error"]; hidden: boolean }) {
  if (error === null) return null;
  const rest = text.slice(error.position);
  return (
    <p
      id="filter-error"
      role="status"
      className={cn(
        "absolute top-full right-0 left-0 z-30 mt-1 rounded-md bg-overlay px-3 py-2 text-sm shadow-overlay",
        hidden && "sr-only",
      )}
    >
      <span className="text-failed">{error.message}</span>
      <span className="mt-0.5 block truncate font-mono text-xs text-muted" aria-hidden>
        {text.slice(0, error.position)}
        <mark className="rounded-xs bg-failed-soft text-failed">{rest === "" ? "…" : rest}</mark>
      </span>
    </p>
  );
}
