"use client";

import { useQuery } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import { Badge, Status } from "@/components/ui/badge";
import { MiddleText } from "@/components/ui/middle-text";
import { TimeText } from "@/components/ui/time-text";
import { valueAtQuery } from "@/lib/client/runs/row-queries";
import { useNow } from "@/lib/client/time/use-now";
import type { FieldName } from "@/lib/domain/query/fields";
import { formatDuration, secondsBetween } from "@/lib/presenters/format/duration";
import { formatValue, fullPrecision, NO_VALUE } from "@/lib/presenters/format/number";
import { formatAge, formatInstant } from "@/lib/presenters/format/relative-time";
import { formatProgress } from "@/lib/presenters/format/step";
import { cellText } from "@/lib/presenters/runs/cell-text";
import type { ColumnContent } from "@/lib/presenters/runs/columns";
import type { RunRow } from "@/lib/presenters/runs/run-row";
import { presentRunStatus } from "@/lib/presenters/runs/run-status";
import { presentVerdict } from "@/lib/presenters/runs/verdict-words";
import { RunSpark } from "./run-spark";
import { ScheduleMark } from "./schedule-mark";

export interface CellContext {
  /** The metric of the curves. */
  metric: string | null;
  scale: "linear" | "log";
  drawn: ReadonlySet<string>;
  /** The run's colour on the charts: its own, or its group's. */
  css: string;
}

interface Props {
  row: RunRow;
  content: ColumnContent;
  context: CellContext;
}

/** What a column shows of a run. */
export function RunCell({ row, content, context }: Props) {
  switch (content.kind) {
    case "spark":
      return context.metric === null ? null : (
        <RunSpark row={row} metric={context.metric} scale={context.scale} css={context.css} />
      );
    case "at_step":
      return <AtStepCell row={row} metric={content.key} step={content.step} />;
    case "nothing":
      return NO_VALUE;
    case "field": {
      const { field } = content;
      const Special = field.kind === "named" ? SPECIAL[field.name] : undefined;
      if (Special) return <Special row={row} context={context} />;
      const value = row.read(field);
      const text = cellText(field, value);
      const title = typeof value === "number" ? fullPrecision(value) : text;
      return (
        <span className="block truncate" title={value === null ? undefined : title}>
          {text}
        </span>
      );
    }
  }
}

interface CellProps {
  row: RunRow;
  context: CellContext;
}

/** The link covers the whole row; what can be pressed besides it lies above. A full dot: the run is drawn. */
function NameCell({ row, context }: CellProps) {
  const color = context.css;
  const drawn = context.drawn.has(row.id);
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span
        className="size-2.5 shrink-0 rounded-full border-2"
        style={{ borderColor: color, background: drawn ? color : "transparent" }}
        aria-hidden
      />
      <Link
        href={row.href}
        prefetch={false}
        data-line-focus
        title={row.name}
        aria-label={row.name}
        className="flex min-w-0 font-medium group-hover:underline after:absolute after:inset-0"
      >
        <MiddleText text={row.name} />
      </Link>
      {row.run.archived_at === null ? null : <span className="text-xs text-faint">archived</span>}
    </span>
  );
}

function StatusCell({ row }: CellProps) {
  const status = presentRunStatus(row.run, useNow());
  return (
    <span title={status.detail} suppressHydrationWarning>
      <Status tone={status.tone} shape={status.shape}>
        <span suppressHydrationWarning>{status.word}</span>
      </Status>
    </span>
  );
}

function VerdictCell({ row: { run } }: CellProps) {
  const verdict = presentVerdict(run);
  if (verdict === null) return null;
  const { tone, shape, word, detail } = verdict;
  const Look = tone === "neutral" ? Status : Badge;
  return (
    <span className="block truncate" title={detail}>
      <Look tone={tone} shape={shape}>
        {word}
      </Look>
    </span>
  );
}

function ScheduleCell({ row: { id, run } }: CellProps) {
  const inferred = run.schedule_source === "inferred" ? ", inferred from the logged LR" : "";
  return (
    <ScheduleMark schedule={run.schedule} runId={id} label={run.schedule_family ?? "none"} note={inferred} />
  );
}

const StepCell = ({ row: { run } }: CellProps) => (
  <span title={fullPrecision(run.last_step)}>{formatProgress(run.last_step, run.total_steps)}</span>
);

function DurationCell({ row: { run } }: CellProps) {
  const now = useNow();
  return (
    <span suppressHydrationWarning>{formatDuration(secondsBetween(run.started_at, run.ended_at, now))}</span>
  );
}

function Age({ iso }: { iso: string | null }) {
  const now = useNow();
  if (iso === null) return NO_VALUE;
  return (
    <TimeText iso={iso} exact={formatInstant(iso)}>
      {formatAge(iso, now)}
    </TimeText>
  );
}

function TagsCell({ row: { run } }: CellProps) {
  if (run.tags.length === 0) return NO_VALUE;
  return (
    <span className="flex gap-1 overflow-hidden" title={run.tags.join(", ")}>
      {run.tags.map((tag) => (
        <span key={tag} className="h-5 shrink-0 rounded bg-active px-1.5 text-xs leading-5">
          {tag}
        </span>
      ))}
    </span>
  );
}

function AtStepCell({ row, metric, step }: { row: RunRow; metric: string; step: number }) {
  const { data } = useQuery(valueAtQuery(row.id, metric, step));
  return <span title={fullPrecision(data)}>{formatValue(data)}</span>;
}

const SPECIAL: Partial<Record<FieldName, (props: CellProps) => React.ReactNode>> = {
  name: NameCell,
  status: StatusCell,
  audit: VerdictCell,
  schedule: ScheduleCell,
  step: StepCell,
  duration: DurationCell,
  tag: TagsCell,
  created: ({ row }) => <Age iso={row.run.created_at} />,
  started: ({ row }) => <Age iso={row.run.started_at} />,
  ended: ({ row }) => <Age iso={row.run.ended_at} />,
};
