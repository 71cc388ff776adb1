"use client";

import { getCoreRowModel, useReactTable, type Row, type Table } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { flexRender } from "@tanstack/react-table";
import { useCallback, useRef } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import type { RunRow } from "@/lib/presenters/runs/run-row";
import { toggleSort, type RunSort } from "@/lib/presenters/runs/run-sort";
import { COLUMN_LOOK, RUN_COLUMNS, type ColumnLook } from "./run-columns";

const ROW_HEIGHT = 32;
const CHECK_WIDTH = 40;

export interface RunsTableProps {
  /** The same array while nothing changed: the table is computed anew for another one. */
  rows: RunRow[];
  selected: ReadonlySet<string>;
  onSelect: (runId: string, on: boolean) => void;
  onSelectShown: (on: boolean) => void;
  sort: RunSort;
  onSort: (sort: RunSort) => void;
  hidden: readonly string[];
  /** What `Best` and `Last` are about; a metric that should rise sorts its largest first. */
  metric: { key: string; mode: "min" | "max" } | null;
  /** Sets how high the table may grow before it scrolls in itself. */
  className?: string;
}

/** Ten thousand runs, a screenful of them in the document. */
export function RunsTable(props: RunsTableProps) {
  const { rows, selected, hidden, className } = props;
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the React Compiler, whom this warns, is not used
  const table = useReactTable({
    data: rows,
    columns: RUN_COLUMNS,
    getCoreRowModel: getCoreRowModel(),
    getRowId: (row) => row.id,
    // There are no pages to go back to; resetting them would draw the table a second time.
    autoResetAll: false,
    state: { columnVisibility: Object.fromEntries(hidden.map((id) => [id, false])) },
  });
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: useCallback((index: number) => rows[index]?.id ?? index, [rows]),
    initialRect: { width: 800, height: 800 },
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const modelRows = table.getRowModel().rows;
  const columns = table.getVisibleLeafColumns();
  const width = CHECK_WIDTH + columns.reduce((sum, { id }) => sum + (COLUMN_LOOK[id]?.width ?? 0), 0);
  return (
    <div ref={scroller} className={cn("relative overflow-auto overscroll-contain", className)}>
      <table
        className="table-fixed border-separate border-spacing-0 text-sm"
        style={{ width, minWidth: "100%" }}
        aria-rowcount={rows.length + 1}
        aria-label="Runs"
      >
        <RunsHead {...props} table={table} />
        <tbody>
          <Spacer height={items[0]?.start ?? 0} columns={columns.length + 1} />
          {items.map(({ index, key }) => {
            const row = modelRows[index];
            if (!row) return null;
            return (
              <RunLine
                key={key}
                row={row}
                index={index}
                on={selected.has(row.id)}
                onSelect={props.onSelect}
                hidden={hidden}
              />
            );
          })}
          <Spacer height={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} columns={columns.length + 1} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that are not in the document. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden style={{ height }}>
      <td colSpan={columns} className="p-0" />
    </tr>
  );
}

interface LineProps {
  row: Row<RunRow>;
  index: number;
  on: boolean;
  onSelect: RunsTableProps["onSelect"];
  /** Only so that the line is drawn again when columns come and go. */
  hidden: readonly string[];
}

const CELL = "h-8 border-b border-line px-2 whitespace-nowrap group-hover:bg-surface";

function RunLine({ row, index, on, onSelect }: LineProps) {
  return (
    <tr aria-rowindex={index + 2} className="group relative h-8">
      <td className={cn(CELL, "sticky left-0 z-[2] bg-ground pl-4")}>
        <Checkbox
          checked={on}
          onChange={(next) => onSelect(row.id, next)}
          label={`Draw ${row.original.name}`}
        />
      </td>
      {row.getVisibleCells().map((cell) => (
        <td
          key={cell.id}
          className={cn(
            CELL,
            "overflow-hidden text-ellipsis",
            COLUMN_LOOK[cell.column.id]?.numeric && "text-right tabular-nums",
            cell.column.id === "name" && "sticky left-10 z-[1] bg-ground max-sm:static",
          )}
        >
          {flexRender(cell.column.columnDef.cell, cell.getContext())}
        </td>
      ))}
    </tr>
  );
}

function RunsHead(props: RunsTableProps & { table: Table<RunRow> }) {
  const { rows, selected, onSelectShown, table } = props;
  const on = rows.filter((row) => selected.has(row.id)).length;
  return (
    <thead className="sticky top-0 z-[3]">
      <tr aria-rowindex={1}>
        <th
          scope="col"
          style={{ width: CHECK_WIDTH }}
          className="sticky left-0 z-[2] h-8 border-b border-line bg-ground pl-4 text-left"
        >
          <Checkbox
            checked={on > 0 && on === rows.length}
            mixed={on > 0 && on < rows.length}
            onChange={onSelectShown}
            label="Draw all runs shown"
          />
        </th>
        {table.getVisibleLeafColumns().map(({ id }) => {
          const look = COLUMN_LOOK[id];
          return look ? <HeadCell key={id} id={id} look={look} {...props} /> : null;
        })}
      </tr>
    </thead>
  );
}

type HeadProps = RunsTableProps & { id: string; look: ColumnLook };

function HeadCell(props: HeadProps) {
  const { id, look, sort } = props;
  const direction = sort.descending ? "descending" : "ascending";
  return (
    <th
      scope="col"
      style={{ width: look.width }}
      aria-sort={sort.column === look.sort ? direction : "none"}
      className={cn(
        "h-8 border-b border-line bg-ground px-2 text-left text-xs font-medium text-muted",
        look.numeric && "text-right",
        id === "name" && "sticky left-10 z-[1] max-sm:static",
      )}
    >
      <SortButton {...props} />
    </th>
  );
}

function SortButton({ id, look, sort, onSort, metric }: HeadProps) {
  const sorted = sort.column === look.sort;
  const about = metric !== null && (id === "best" || id === "last") ? metric : null;
  const descendingFirst = look.descending ?? about?.mode === "max";
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      onClick={() => onSort(toggleSort(sort, look.sort, descendingFirst))}
      title={about ? `${look.title} ${about.key}` : undefined}
      className={cn(
        "inline-flex h-7 items-center gap-1 rounded hover:text-ink",
        sorted && "text-ink",
        look.numeric && "flex-row-reverse",
      )}
    >
      {look.title}
      <Arrow size={12} aria-hidden className={cn(!sorted && "invisible")} />
    </button>
  );
}
