"use client";

import { Eye, EyeOff, MoreHorizontal, Plus } from "lucide-react";
import type { Dispatch } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { runColor } from "@/lib/presenters/format/run-color";
import { MOST_CANDIDATES, type Candidate, type DesignAction } from "@/lib/presenters/schedules/design";
import type { Preview } from "@/lib/presenters/schedules/preview";

interface Props {
  candidates: readonly Candidate[];
  previews: readonly Preview[];
  selected: number;
  dispatch: Dispatch<DesignAction>;
  onAdd: () => void;
  onPaste: () => void;
  onOpen: () => void;
}

/** The schedules that are held side by side. */
export function CandidateList({ candidates, previews, selected, dispatch, onAdd, onPaste, onOpen }: Props) {
  const full = candidates.length >= MOST_CANDIDATES;
  const errorOf = ({ id }: Candidate) =>
    previews.find((preview) => preview.candidate.id === id)?.error ?? null;
  return (
    <section aria-label="Candidates">
      <ul className="flex flex-col">
        {candidates.map((candidate) => (
          <Row
            key={candidate.id}
            candidate={candidate}
            error={errorOf(candidate)}
            selected={candidate.id === selected}
            last={candidates.length === 1}
            full={full}
            dispatch={dispatch}
          />
        ))}
      </ul>
      <div className="flex flex-wrap gap-1.5 pt-2">
        <Button size="small" onClick={onAdd} disabled={full}>
          <Plus size={14} aria-hidden />
          Add
        </Button>
        <Button size="small" onClick={onOpen} disabled={full}>
          Open saved…
        </Button>
        <Button size="small" onClick={onPaste} disabled={full}>
          Paste JSON…
        </Button>
      </div>
    </section>
  );
}

interface RowProps {
  candidate: Candidate;
  error: string | null;
  selected: boolean;
  last: boolean;
  full: boolean;
  dispatch: Dispatch<DesignAction>;
}

function Row({ candidate, error, selected, last, full, dispatch }: RowProps) {
  const { id, name, hidden } = candidate;
  return (
    <li className={cn("rounded-md", selected && "bg-active")}>
      <div className="flex h-8 items-center">
        <button
          type="button"
          aria-pressed={selected}
          onClick={() => dispatch({ type: "select", id })}
          className="flex h-full min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-left text-sm"
        >
          <span
            aria-hidden
            className={cn("size-2.5 shrink-0 rounded-full", hidden && "opacity-30")}
            style={{ background: runColor(id) }}
          />
          <span className={cn("truncate", selected && "font-medium", hidden && "text-muted line-through")}>
            {name}
          </span>
        </button>
        <IconButton
          label={hidden ? `Show ${name}` : `Hide ${name}`}
          aria-pressed={hidden}
          onClick={() => dispatch({ type: "hide", id, hidden: !hidden })}
        >
          {hidden ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
        </IconButton>
        <Menu
          trigger={
            <IconButton label={`More for ${name}`}>
              <MoreHorizontal size={15} aria-hidden />
            </IconButton>
          }
        >
          <MenuItem onClick={() => dispatch({ type: "duplicate", id })} disabled={full}>
            Duplicate
          </MenuItem>
          <MenuItem onClick={() => dispatch({ type: "remove", id })} disabled={last} danger>
            Remove
          </MenuItem>
        </Menu>
      </div>
      {error ? (
        <p role="alert" className="px-2 pb-1.5 pl-6.5 text-xs text-pretty text-failed">
          {error}
        </p>
      ) : null}
    </li>
  );
}
