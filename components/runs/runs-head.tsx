"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useRef, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import { clampWidth, NAME } from "@/lib/presenters/runs/columns";
import { type RunSort, toggleSort } from "@/lib/presenters/runs/run-sort";
import { CHECK_WIDTH, type DraggedWidth, type PlacedColumn, STUCK, stuckStyle } from "./table-look";

export interface HeadProps {
  columns: readonly PlacedColumn[];
  dragged: DraggedWidth | null;
  /** While an edge is dragged; null at its end. */
  onDrag: (dragged: DraggedWidth | null) => void;
  /** The width that an edge was dragged to. */
  onResize: (id: string, width: number) => void;
  sort: readonly RunSort[];
  onSort: (sort: readonly RunSort[]) => void;
  /** Puts a column in front of another. */
  onMove: (id: string, before: string) => void;
  selected: number;
  total: number;
  onSelectAll: (on: boolean) => void;
}

export function RunsHead(props: HeadProps) {
  const { columns, selected, total, onSelectAll } = props;
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
        {columns.map((column) => (
          <HeadCell key={column.id} {...props} column={column} />
        ))}
      </tr>
    </thead>
  );
}

interface CellProps extends HeadProps {
  column: PlacedColumn;
}

function HeadCell({ column, sort, onSort, onMove, ...resizing }: CellProps) {
  const [over, setOver] = useState(false);
  const key = sort.find((one) => one.column === column.id);
  const direction = key?.descending ? "descending" : "ascending";
  const movable = column.id !== NAME;
  return (
    <th
      scope="col"
      style={{ width: column.width, ...stuckStyle(column) }}
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
        "relative h-8 border-b border-line bg-ground px-2 text-xs font-medium text-muted",
        column.numeric ? "text-right" : "text-left",
        column.stuckAt !== null && STUCK,
        over && "shadow-[inset_2px_0_var(--accent)]",
      )}
    >
      <SortButton column={column} sort={sort} onSort={onSort} />
      <Resizer {...resizing} column={column} />
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
function Resizer({
  column: { id, title, width },
  dragged,
  onDrag,
  onResize,
}: Pick<CellProps, "column" | "dragged" | "onDrag" | "onResize">) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const widthAt = (x: number) =>
    start.current ? clampWidth(start.current.width + x - start.current.x) : width;
  return (
    <span
      aria-hidden
      title={`Drag to resize ${title}`}
      draggable
      // Or the title would be dragged.
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => start.current && onDrag({ id, width: widthAt(event.clientX) })}
      onPointerUp={(event) => {
        if (dragged) onResize(id, widthAt(event.clientX));
      }}
      onLostPointerCapture={() => {
        start.current = null;
        onDrag(null);
      }}
      className={cn(
        "absolute top-1.5 right-0 bottom-1.5 w-1.5 cursor-col-resize touch-none border-r",
        dragged?.id === id ? "border-accent" : "border-transparent hover:border-line-strong",
      )}
    />
  );
}
