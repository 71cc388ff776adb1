"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useRef, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import { NAME, type RunColumn } from "@/lib/presenters/runs/columns";
import type { RunRow } from "@/lib/presenters/runs/run-row";
import type { TableLine } from "@/lib/presenters/runs/runs-view";
import { GroupLine } from "./group-line";
import { type CellContext, RunCell } from "./run-cell";
import { type HeadProps, RunsHead } from "./runs-head";
import {
  CHECK_WIDTH,
  type DraggedWidth,
  type PlacedColumn,
  placeColumns,
  ROW_HEIGHT,
  STUCK,
  stuckStyle,
} from "./table-look";
import { useLineKeys } from "./use-line-keys";

export interface RunsTableProps
  extends Omit<HeadProps, "columns" | "dragged" | "onDrag">, Omit<CellContext, "css"> {
  /** The same array while nothing changed: the table is computed anew for another one. */
  lines: TableLine[];
  columns: readonly RunColumn[];
  selection: ReadonlySet<string>;
  onSelect: (runIds: readonly string[], on: boolean) => void;
  onToggleGroup: (key: string) => void;
  /** Sets how high the table may grow before it scrolls in itself. */
  className?: string;
}

/** Ten thousand runs, a screenful of them in the document. */
export function RunsTable(props: RunsTableProps) {
  const { lines, selection, className } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<DraggedWidth | null>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the React Compiler, whom this warns, is not used
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: useCallback((index: number) => lines[index]?.key ?? index, [lines]),
    initialRect: { width: 800, height: 800 },
    overscan: 12,
  });
  useLineKeys({
    scroller,
    lines,
    scrollTo: (index) => virtual.scrollToIndex(index),
    onToggle: (runIds) => props.onSelect(runIds, !runIds.every((id) => selection.has(id))),
  });
  const items = virtual.getVirtualItems();
  const columns = placeColumns(props.columns, dragged);
  return (
    <div ref={scroller} className={cn("relative overflow-auto overscroll-contain", className)}>
      <table
        className="table-fixed border-separate border-spacing-0 text-sm"
        style={{ width: columns.reduce((sum, { width }) => sum + width, CHECK_WIDTH), minWidth: "100%" }}
        aria-rowcount={lines.length + 1}
        aria-label="Runs"
      >
        <RunsHead {...props} columns={columns} dragged={dragged} onDrag={setDragged} />
        <tbody>
          <Spacer height={items[0]?.start ?? 0} columns={columns.length + 1} />
          {items.map(({ index, key }) => {
            const line = lines[index];
            if (!line) return null;
            return line.kind === "group" ? (
              <GroupLine
                key={key}
                line={line}
                index={index}
                columns={columns}
                colored={props.drawn.size > 0}
                selected={line.group.rows.filter(({ id }) => selection.has(id)).length}
                onSelect={(on) =>
                  props.onSelect(
                    line.group.rows.map(({ id }) => id),
                    on,
                  )
                }
                onToggle={() => props.onToggleGroup(line.group.key)}
              />
            ) : (
              <RunLine
                {...props}
                {...line}
                key={key}
                index={index}
                columns={columns}
                on={selection.has(line.row.id)}
              />
            );
          })}
          <Spacer height={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} columns={columns.length + 1} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the lines that are not in the document. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden style={{ height }}>
      <td colSpan={columns} className="p-0" />
    </tr>
  );
}

interface LineProps extends CellContext {
  row: RunRow;
  css: string;
  nested: boolean;
  index: number;
  on: boolean;
  onSelect: RunsTableProps["onSelect"];
  columns: readonly PlacedColumn[];
}

const CELL = "h-8 border-b border-line px-2 whitespace-nowrap";

function RunLine({ row, css, nested, index, on, onSelect, columns, metric, scale, drawn }: LineProps) {
  const ground = on ? "bg-accent-soft" : "bg-ground group-hover:bg-surface";
  return (
    <tr aria-rowindex={index + 2} data-line={index} className="group relative h-8">
      <td className={cn(CELL, "sticky left-0 z-[2] pl-4", ground)}>
        <Checkbox checked={on} onChange={(next) => onSelect([row.id], next)} label={`Select ${row.name}`} />
      </td>
      {columns.map((column) => (
        <td
          key={column.id}
          style={stuckStyle(column)}
          className={cn(
            CELL,
            "overflow-hidden text-ellipsis",
            on || column.stuckAt !== null ? ground : "group-hover:bg-surface",
            column.numeric && "text-right tabular-nums",
            column.stuckAt !== null && STUCK,
            column.id === NAME && nested && "pl-5",
          )}
        >
          <RunCell row={row} content={column.content} context={{ metric, scale, drawn, css }} />
        </td>
      ))}
    </tr>
  );
}
