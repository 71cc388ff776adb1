"use client";

import type { Header, HeaderGroup } from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import { NAME, type RunColumn } from "@/lib/presenters/runs/columns";
import type { TableLine } from "@/lib/presenters/runs/runs-view";
import { type RunSort, toggleSort } from "@/lib/presenters/runs/run-sort";
import { CHECK_WIDTH, STUCK, stuckStyle } from "./table-look";

export interface HeadProps {
  sort: readonly RunSort[];
  onSort: (sort: readonly RunSort[]) => void;
  /** Puts a column in front of another. */
  onMove: (id: string, before: string) => void;
  selected: number;
  total: number;
  onSelectAll: (on: boolean) => void;
}

type RunHeader = Header<TableLine, unknown>;

export function RunsHead({
  headers,
  columns,
  ...props
}: HeadProps & { headers: HeaderGroup<TableLine> | undefined; columns: ReadonlyMap<string, RunColumn> }) {
  const { selected, total, onSelectAll } = props;
  return (
    <thead className="sticky top-0 z-[3]">
      <tr aria-rowindex={1}>
        <th
          scope="col"
          style={{ width: CHECK_WIDTH }}
          className="sticky left-0 z-[2] h-8 border-b border-line bg-ground pl-4 text-left"
        >
          <Checkbox
            checked={selected > 0 && selected >= total}
            mixed={selected > 0 && selected < total}
            onChange={onSelectAll}
            label="Select all runs shown"
          />
        </th>
        {headers?.headers.map((header) => {
          const column = columns.get(header.column.id);
          return column ? <HeadCell key={header.id} header={header} column={column} {...props} /> : null;
        })}
      </tr>
    </thead>
  );
}

interface CellProps extends HeadProps {
  header: RunHeader;
  column: RunColumn;
}

function HeadCell({ header, column, sort, onSort, onMove }: CellProps) {
  const [over, setOver] = useState(false);
  const key = sort.find((one) => one.column === column.id);
  const direction = key?.descending ? "descending" : "ascending";
  const stuckAt = column.pinned ? CHECK_WIDTH + header.column.getStart("left") : null;
  const movable = column.id !== NAME;
  return (
    <th
      scope="col"
      style={{ width: header.getSize(), ...stuckStyle({ width: 0, stuckAt }) }}
      aria-sort={key ? direction : "none"}
      draggable={movable}
      onDragStart={(event) => event.dataTransfer.setData("text/x-column", column.id)}
      onDragOver={(event) => {
        if (!movable || !event.dataTransfer.types.includes("text/x-column")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const id = event.dataTransfer.getData("text/x-column");
        if (id !== column.id) onMove(id, column.id);
      }}
      className={cn(
        "relative h-8 border-b border-line bg-ground px-2 text-left text-xs font-medium text-muted",
        column.numeric && "text-right",
        stuckAt !== null && STUCK,
        over && "shadow-[inset_2px_0_var(--accent)]",
      )}
    >
      <SortButton column={column} sort={sort} onSort={onSort} />
      <Resizer header={header} title={column.title} />
    </th>
  );
}

function SortButton({ column, sort, onSort }: Pick<CellProps, "column" | "sort" | "onSort">) {
  const { content, title, about, numeric, descending } = column;
  const place = sort.findIndex((key) => key.column === column.id);
  const Arrow = sort[place]?.descending ? ArrowDown : ArrowUp;
  const look = cn("inline-flex h-7 max-w-full items-center gap-1 rounded", numeric && "flex-row-reverse");
  if (content.kind !== "field") {
    return (
      <span className={look} title={about}>
        <span className="truncate">{title}</span>
      </span>
    );
  }
  const { field } = content;
  return (
    <button
      type="button"
      onClick={(event) => onSort(toggleSort(sort, { id: column.id, field, descending }, event.shiftKey))}
      title={`${about}. Click to sort, with Shift to sort by it as well.`}
      className={cn(look, "hover:text-ink", place !== -1 && "text-ink")}
    >
      <span className="truncate">{title}</span>
      <Arrow size={12} aria-hidden className={cn("shrink-0", place === -1 && "invisible")} />
      {place !== -1 && sort.length > 1 ? <span className="tabular-nums">{place + 1}</span> : null}
    </button>
  );
}

/** For the pointer; the columns dialog sets a width with the keyboard. */
function Resizer({ header, title }: { header: RunHeader; title: string }) {
  const resize = header.getResizeHandler();
  return (
    <span
      aria-hidden
      title={`Drag to resize ${title}`}
      draggable
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onMouseDown={resize}
      onTouchStart={resize}
      className={cn(
        "absolute top-1.5 right-0 bottom-1.5 w-1.5 cursor-col-resize touch-none border-r border-transparent hover:border-line-strong",
        header.column.getIsResizing() && "border-accent hover:border-accent",
      )}
    />
  );
}
