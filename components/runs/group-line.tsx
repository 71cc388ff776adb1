"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useMemo } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import { MiddleText } from "@/components/ui/middle-text";
import { formatInteger } from "@/lib/presenters/format/number";
import { meanText } from "@/lib/presenters/runs/cell-text";
import { NAME, type RunColumn } from "@/lib/presenters/runs/columns";
import { meanOf } from "@/lib/presenters/runs/run-groups";
import type { TableLine } from "@/lib/presenters/runs/runs-view";
import { ScheduleMark } from "./schedule-mark";
import { type PlacedColumn, STUCK, stuckStyle } from "./table-look";

type GroupLineModel = Extract<TableLine, { kind: "group" }>;

interface Props {
  line: GroupLineModel;
  index: number;
  columns: readonly PlacedColumn[];
  /** Whether the charts draw it in its colour. */
  colored: boolean;
  /** How many of its runs are ticked. */
  selected: number;
  onSelect: (on: boolean) => void;
  onToggle: () => void;
}

const CELL = "h-8 border-b border-line bg-surface px-2 whitespace-nowrap";

/** A group's name, how many it holds, and the mean of each metric with its 95 % interval. */
export function GroupLine({ line, index, columns, colored, selected, onSelect, onToggle }: Props) {
  const { group, open } = line;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <tr aria-rowindex={index + 2} data-line={index} className="relative h-8">
      <td className={cn(CELL, "sticky left-0 z-[2] pl-4")}>
        <Checkbox
          checked={selected === group.rows.length}
          mixed={selected > 0 && selected < group.rows.length}
          onChange={onSelect}
          label={`Select all of ${group.label}`}
        />
      </td>
      {columns.map((column) => (
        <td
          key={column.id}
          style={stuckStyle(column)}
          className={cn(
            CELL,
            "overflow-hidden text-ellipsis",
            column.numeric && "text-right tabular-nums",
            column.stuckAt !== null && STUCK,
          )}
        >
          {column.id === NAME ? (
            <button
              type="button"
              data-line-focus
              aria-expanded={open}
              onClick={onToggle}
              className="flex h-7 w-full min-w-0 items-center gap-1.5 rounded text-left font-medium"
            >
              <Chevron size={14} aria-hidden className="shrink-0 text-muted" />
              {colored ? (
                <span
                  aria-hidden
                  className="size-2.5 shrink-0 rounded-full"
                  style={{ background: group.css }}
                />
              ) : null}
              <span className="flex min-w-0" title={group.label}>
                <MiddleText text={group.label} />
              </span>
              <span className="shrink-0 font-normal text-muted tabular-nums">
                {formatInteger(group.rows.length)}
                <span className="sr-only">{group.rows.length === 1 ? " run" : " runs"}</span>
              </span>
            </button>
          ) : (
            <Summary group={group} column={column} />
          )}
        </td>
      ))}
    </tr>
  );
}

function Summary({
  group,
  column: { content, about },
}: {
  group: GroupLineModel["group"];
  column: RunColumn;
}) {
  const field = content.kind === "field" && content.field.kind === "metric" ? content.field : null;
  const found = useMemo(() => field && meanOf(group.rows, field), [group, field]);
  if (content.kind === "field" && content.field.kind === "named" && content.field.name === "schedule") {
    return group.schedule === null ? null : <ScheduleMark schedule={group.schedule} label="" />;
  }
  if (!found) return null;
  const interval = found.half === null ? "" : " with its 95 % interval";
  return (
    <span title={`Mean ${about} of ${found.n}${interval}`} className="font-medium">
      {meanText(found)}
    </span>
  );
}
