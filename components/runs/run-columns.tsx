"use client";

import { useQuery } from "@tanstack/react-query";
import { createColumnHelper } from "@tanstack/react-table";
import Link from "next/link";
import { ScheduleThumb } from "@/components/charts/schedule-thumb";
import { Status } from "@/components/ui/badge";
import { TimeText } from "@/components/ui/time-text";
import { scheduleCurveQuery, type ScheduleToDraw } from "@/lib/client/schedules/queries";
import { useNow } from "@/lib/client/time/use-now";
import { formatDuration, secondsBetween } from "@/lib/presenters/format/duration";
import { formatLr, formatValue, fullPrecision, NO_VALUE } from "@/lib/presenters/format/number";
import { formatAge, formatInstant } from "@/lib/presenters/format/relative-time";
import { runColor } from "@/lib/presenters/format/run-color";
import { formatProgress } from "@/lib/presenters/format/step";
import { familyLabel } from "@/lib/presenters/runs/project-view";
import type { RunRow } from "@/lib/presenters/runs/run-row";
import type { SortColumn } from "@/lib/presenters/runs/run-sort";
import { presentRunStatus } from "@/lib/presenters/runs/run-status";

export interface ColumnLook {
  title: string;
  /** What clicking the title sorts by. */
  sort: SortColumn;
  /** The first click shows the largest first. */
  descending?: boolean;
  numeric?: boolean;
  width: number;
}

/** In the order of the table. `name` is always shown. */
export const COLUMN_LOOK: Readonly<Record<string, ColumnLook>> = {
  name: { title: "Run", sort: "name", width: 188 },
  status: { title: "Status", sort: "status", width: 132 },
  family: { title: "Schedule", sort: "family", width: 184 },
  best: { title: "Best", sort: "best", numeric: true, width: 76 },
  last: { title: "Last", sort: "last", numeric: true, width: 76 },
  lr: { title: "LR now", sort: "lr", numeric: true, descending: true, width: 76 },
  step: { title: "Step", sort: "step", numeric: true, descending: true, width: 104 },
  seed: { title: "Seed", sort: "seed", numeric: true, width: 56 },
  group: { title: "Group", sort: "group", width: 136 },
  duration: { title: "Duration", sort: "duration", numeric: true, descending: true, width: 84 },
  createdAt: { title: "Created", sort: "createdAt", numeric: true, descending: true, width: 84 },
};

const column = createColumnHelper<RunRow>();

const number = (value: number | null, text: string) => (
  <span title={value === null ? undefined : fullPrecision(value)}>{text}</span>
);

export const RUN_COLUMNS = [
  column.display({ id: "name", cell: ({ row }) => <NameCell row={row.original} /> }),
  column.display({ id: "status", cell: ({ row }) => <StatusCell row={row.original} /> }),
  column.display({ id: "family", cell: ({ row }) => <ScheduleCell row={row.original} /> }),
  column.accessor("best", { cell: ({ getValue }) => number(getValue(), formatValue(getValue())) }),
  column.accessor("last", { cell: ({ getValue }) => number(getValue(), formatValue(getValue())) }),
  column.accessor("lr", { cell: ({ getValue }) => number(getValue(), formatLr(getValue())) }),
  column.accessor("step", {
    cell: ({ getValue, row }) => number(getValue(), formatProgress(getValue(), row.original.run.total_steps)),
  }),
  column.accessor("seed", { cell: ({ getValue }) => getValue() ?? NO_VALUE }),
  column.accessor("group", {
    cell: ({ getValue }) => <span className="block truncate">{getValue() ?? NO_VALUE}</span>,
  }),
  column.display({ id: "duration", cell: ({ row }) => <DurationCell row={row.original} /> }),
  column.display({ id: "createdAt", cell: ({ row }) => <CreatedCell row={row.original} /> }),
];

/** The link covers the whole row; what can be pressed besides it lies above. */
function NameCell({ row }: { row: RunRow }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span
        className="size-2.5 shrink-0 rounded-full"
        style={{ background: runColor(row.index) }}
        aria-hidden
      />
      <Link
        href={row.href}
        prefetch={false}
        title={row.name}
        className="truncate font-medium after:absolute after:inset-0 group-hover:underline"
      >
        {row.name}
      </Link>
    </span>
  );
}

function StatusCell({ row }: { row: RunRow }) {
  const status = presentRunStatus(row.run, useNow());
  return (
    <span title={status.detail} suppressHydrationWarning>
      <Status tone={status.tone} shape={status.shape}>
        {status.word}
      </Status>
    </span>
  );
}

function ScheduleCell({ row: { run } }: { row: RunRow }) {
  const label = familyLabel(run.schedule_family);
  const title = run.schedule_source === "inferred" ? `${label}, inferred from the logged LR` : label;
  return (
    <span className="flex min-w-0 items-center gap-2" title={title}>
      {run.schedule === null ? (
        <span className="w-14 shrink-0" />
      ) : (
        <Thumb {...run} schedule={run.schedule} />
      )}
      <span className={run.schedule_family === null ? "text-faint" : "truncate"}>{label}</span>
    </span>
  );
}

function Thumb({ schedule, total_steps, steps_per_epoch }: ScheduleToDraw) {
  const { data } = useQuery(scheduleCurveQuery({ schedule, total_steps, steps_per_epoch }));
  return <ScheduleThumb lrs={data ?? []} />;
}

function DurationCell({ row: { run } }: { row: RunRow }) {
  const now = useNow();
  return (
    <span suppressHydrationWarning>{formatDuration(secondsBetween(run.started_at, run.ended_at, now))}</span>
  );
}

function CreatedCell({ row }: { row: RunRow }) {
  const now = useNow();
  return (
    <TimeText iso={row.createdAt} exact={formatInstant(row.createdAt)}>
      {formatAge(row.createdAt, now)}
    </TimeText>
  );
}
