"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { PanelError } from "@/components/ui/panel-error";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { savedQuery } from "@/lib/client/schedules/saved";
import type { SavedSchedule } from "@/lib/contracts/saved-schedules";
import { declaredPath } from "@/lib/presenters/schedules/curve";
import { Curve } from "../curve";

interface Props {
  onOpen: (saved: SavedSchedule) => void;
  onClose: () => void;
}

/** The saved library: a click adds one to the candidates. */
export function OpenDialog({ onOpen, onClose }: Props) {
  const [text, setText] = useState("");
  const { data, error, refetch } = useQuery(savedQuery({ q: useDeferredValue(text.trim()) }));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Open a saved schedule">
      <div className="flex min-h-72 flex-col gap-2">
        <Input
          type="search"
          aria-label="Search the saved schedules"
          placeholder="Search name, family or tag"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {error ? <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} /> : null}
        <ul aria-label="Saved schedules" className="flex max-h-80 flex-col overflow-y-auto">
          {data?.items.map((saved) => (
            <li key={saved.id}>
              <button
                type="button"
                onClick={() => onOpen(saved)}
                className="flex w-full items-center gap-3 rounded-md px-2 py-1.5 text-left hover:bg-active"
              >
                <Curve path={declaredPath(saved.schedule)} className="h-7 w-20 shrink-0" />
                <span className="min-w-0 flex-1">
                  <span className="block truncate text-sm font-medium">{saved.name}</span>
                  <span className="block truncate text-xs text-muted">
                    {[saved.family, saved.project?.name, ...saved.tags].filter(Boolean).join(" · ")}
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
        {data?.items.length === 0 ? (
          <p className="px-2 text-sm text-muted">
            {text.trim() === ""
              ? "Nothing is saved yet. Save a candidate to find it here."
              : "Nothing saved has this in its name, family or tags."}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
