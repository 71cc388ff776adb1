"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Group, Pin, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { runFieldsQuery } from "@/lib/client/runs/queries";
import type { UrlPatch } from "@/lib/client/url/use-url-state";
import { printField } from "@/lib/domain/query/fields";
import { shiftColumn, toggleColumn, togglePin } from "@/lib/presenters/runs/column-edits";
import { NAME, type RunColumn, withWidth } from "@/lib/presenters/runs/columns";
import { offeredColumns } from "@/lib/presenters/runs/offered-columns";
import type { RunsView } from "@/lib/presenters/runs/runs-view";
import { AtStepForm } from "./at-step-form";

interface Props {
  projectId: string | null;
  view: RunsView;
  search: URLSearchParams;
  onChange: (patch: UrlPatch) => void;
  onClose: () => void;
}

/** Which columns are shown, in which order, how wide, and which of them stay while the others scroll. */
export function ColumnsDialog({ projectId, view, search, onChange, onClose }: Props) {
  const overAll = projectId === null;
  const toggle = (id: string) => onChange(toggleColumn(search, overAll, id));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Columns"
      description="Drag a title in the table to move its column, its right edge to resize it."
      className="w-[44rem]"
      actions={
        <Button variant="ghost" onClick={() => onChange({ cols: null, pin: null, widths: null })}>
          Reset the columns
        </Button>
      }
    >
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <section aria-label="Shown" className="min-w-0">
          <h3 className="mb-1 text-sm font-medium text-muted">Shown</h3>
          <ul className="max-h-[50dvh] overflow-y-auto">
            {view.columns
              .filter(({ id }) => id !== NAME)
              .map((column) => (
                <ShownColumn
                  key={column.id}
                  {...{ column, search, onChange, overAll }}
                  onHide={() => toggle(column.id)}
                />
              ))}
          </ul>
        </section>
        <Available projectId={projectId} view={view} onAdd={toggle} />
      </div>
    </Dialog>
  );
}

interface ShownProps extends Pick<Props, "search" | "onChange"> {
  column: RunColumn;
  overAll: boolean;
  onHide: () => void;
}

const SMALL = "size-7";

function ShownColumn({ column, search, onChange, overAll, onHide }: ShownProps) {
  const { id, title, about, pinned, width, content } = column;
  const field = content.kind === "field" && content.field.kind !== "metric" ? content.field : null;
  return (
    <li className="flex h-8 items-center gap-0.5">
      <span className="min-w-0 flex-1 truncate text-sm" title={about}>
        {title}
      </span>
      <Input
        type="number"
        aria-label={`Width of ${title} in pixels`}
        value={width}
        min={48}
        max={800}
        step={8}
        onChange={(event) => onChange({ widths: withWidth(search, id, Number(event.target.value)) })}
        className="h-7 w-16 tabular-nums"
      />
      {field ? (
        <IconButton
          label={`Group by ${title}`}
          className={SMALL}
          onClick={() => onChange({ group: printField(field), closed: null })}
        >
          <Group size={14} aria-hidden />
        </IconButton>
      ) : (
        <span className={SMALL} />
      )}
      <IconButton
        label={pinned ? `Unpin ${title}` : `Pin ${title}`}
        aria-pressed={pinned}
        className={cn(SMALL, pinned && "text-accent")}
        onClick={() => onChange(togglePin(search, id))}
      >
        <Pin size={14} aria-hidden />
      </IconButton>
      <IconButton
        label={`Move ${title} up`}
        className={SMALL}
        onClick={() => onChange(shiftColumn(search, overAll, id, -1))}
      >
        <ArrowUp size={14} aria-hidden />
      </IconButton>
      <IconButton
        label={`Move ${title} down`}
        className={SMALL}
        onClick={() => onChange(shiftColumn(search, overAll, id, 1))}
      >
        <ArrowDown size={14} aria-hidden />
      </IconButton>
      <IconButton label={`Hide ${title}`} className={SMALL} onClick={onHide}>
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  );
}

interface AvailableProps {
  projectId: string | null;
  view: RunsView;
  onAdd: (id: string) => void;
}

function Available({ projectId, view, onAdd }: AvailableProps) {
  const [search, setSearch] = useState("");
  const { data } = useQuery(runFieldsQuery(projectId));
  const offered = offeredColumns(view, data?.items ?? [], search);
  return (
    <section aria-label="To add" className="flex min-w-0 flex-col gap-2">
      <Input
        type="search"
        aria-label="Search columns to add"
        placeholder="Add: a metric, a config key, a schedule’s parameter"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <ul className="max-h-[38dvh] overflow-y-auto">
        {offered.map(({ id, about }) => (
          <li key={id}>
            <button
              type="button"
              aria-label={`Add ${id}`}
              onClick={() => onAdd(id)}
              className="flex h-8 w-full min-w-0 items-center gap-3 rounded px-2 text-left text-sm hover:bg-active"
            >
              <span className="max-w-[65%] shrink-0 truncate">{id}</span>
              <span className="truncate text-muted">{about}</span>
            </button>
          </li>
        ))}
        {offered.length === 0 ? <li className="px-2 py-1.5 text-sm text-muted">Nothing matches.</li> : null}
      </ul>
      {view.metrics.length > 0 ? <AtStepForm metrics={view.metrics} onAdd={onAdd} /> : null}
    </section>
  );
}
