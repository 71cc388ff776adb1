"use client";

import { Badge, Status } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { TimeText } from "@/components/ui/time-text";
import { useNow } from "@/lib/client/time/use-now";
import type { Run } from "@/lib/contracts/runs";
import { formatAgo, formatInstant } from "@/lib/presenters/format/relative-time";
import { runHref } from "@/lib/presenters/runs/run-row";
import { presentRunStatus } from "@/lib/presenters/runs/run-status";
import { presentHeadline } from "@/lib/presenters/runs/verdict-words";

/** Runs of any project, a line each, with what is wrong with them. */
export function RunLines({ label, runs }: { label: string; runs: readonly Run[] }) {
  return (
    <ul aria-label={label} className="flex flex-col">
      {runs.map((run) => (
        <RunLine key={run.id} run={run} />
      ))}
    </ul>
  );
}

function RunLine({ run }: { run: Run }) {
  const now = useNow();
  const status = presentRunStatus(run, now);
  return (
    <li className="border-b border-line last:border-b-0">
      <Link
        href={runHref(run.project.id, run.id)}
        className="grid min-h-10 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5 px-3 py-1.5 text-sm transition-colors hover:bg-surface sm:grid-cols-[minmax(0,1fr)_9rem_8rem_5rem]"
      >
        <span className="flex min-w-0 items-baseline gap-2">
          <span className="truncate font-medium" title={run.name}>
            {run.name}
          </span>
          <span className="truncate text-xs text-muted">{run.project.name}</span>
        </span>
        <Told verdict={run.verdict} />
        <span className="text-xs max-sm:hidden" title={status.detail} suppressHydrationWarning>
          <Status tone={status.tone} shape={status.shape}>
            <span suppressHydrationWarning>{status.word}</span>
          </Status>
        </span>
        <span className="text-right text-xs text-muted tabular-nums max-sm:hidden">
          <TimeText iso={run.created_at} exact={formatInstant(run.created_at)}>
            {formatAgo(run.created_at, now)}
          </TimeText>
        </span>
      </Link>
    </li>
  );
}

/** The one thing to know before opening the run; what is wrong stands out. */
function Told({ verdict }: Pick<Run, "verdict">) {
  const told = presentHeadline(verdict);
  if (told === null) return <span />;
  const { tone, shape, word, detail } = told;
  const Look = tone === "neutral" ? Status : Badge;
  return (
    <span title={detail}>
      <Look tone={tone} shape={shape} className="px-1.5 text-xs">
        {word}
      </Look>
    </span>
  );
}
