"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Group, Pin } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { runFieldsQuery } from "@/lib/client/runs/queries";
import type { UrlPatch } from "@/lib/client/url/use-url-state";
import { printField } from "@/lib/domain/query/fields";
import { shiftColumn, toggleColumn, togglePin } from "@/lib/presenters/runs/column-edits";
import { type RunColumn, withWidth } from "@/lib/presenters/runs/columns";
import { offeredColumns, shownColumns } from "@/lib/presenters/runs/offered-columns";
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
  const [text, setText] = useState("");
  const { data } = useQuery(runFieldsQuery(projectId));
  const shown = shownColumns(view.columns, text);
  const offered = offeredColumns(view, data?.items ?? [], text);
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
      <Input
        type="search"
        aria-label="Search columns"
        placeholder="A field, a metric, a config key, a schedule’s parameter"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul aria-label="Columns" className="max-h-[50dvh] overflow-y-auto">
        {shown.map((column) => (
          <ShownColumn
            key={column.id}
            column={column}
            search={search}
            onChange={onChange}
            overAll={overAll}
            onHide={() => toggle(column.id)}
          />
        ))}
        {offered.map(({ id, about }) => (
          <li key={id} className="flex h-8 min-w-0 items-center gap-3 text-sm">
            <Switch checked={false} onChange={() => toggle(id)} label={`Show ${id}`} />
            <span className="max-w-[65%] shrink-0 truncate" title={id}>
              {id}
            </span>
            <span className="truncate text-muted" title={about}>
              {about}
            </span>
          </li>
        ))}
        {shown.length + offered.length === 0 ? (
          <li className="py-1.5 text-sm text-muted">Nothing matches.</li>
        ) : null}
      </ul>
      {view.metrics.length > 0 ? <AtStepForm metrics={view.metrics} onAdd={toggle} /> : null}
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
      <Switch checked onChange={onHide} label={`Show ${id}`} />
      <span className="ml-2.5 min-w-0 flex-1 truncate text-sm" title={about}>
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
    </li>
  );
}
