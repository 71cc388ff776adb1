"use client";

import { Status } from "@/components/ui/badge";
import { useNow } from "@/lib/client/time/use-now";
import type { ControlRequest } from "@/lib/contracts/control";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import { stoppedBy } from "@/lib/presenters/control/stopped-by";
import { formatDuration, secondsBetween } from "@/lib/presenters/format/duration";
import { formatInstant } from "@/lib/presenters/format/relative-time";
import { formatProgress } from "@/lib/presenters/format/step";
import { presentRunStatus } from "@/lib/presenters/runs/run-status";
import { CompareButton } from "./compare-button";
import { RunActions } from "./run-actions";

interface Props {
  run: Run;
  runCss: string;
  primary: PrimaryMetric | null;
  requests: readonly ControlRequest[];
}

/** Who the run is, how it goes, and what can be done to it. */
export function RunHeader({ run, runCss, primary, requests }: Props) {
  const now = useNow();
  const status = presentRunStatus(run, now);
  const stopped = stoppedBy(requests, run.status === "running");
  const duration = formatDuration(secondsBetween(run.started_at, run.ended_at, now));
  return (
    <header className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1">
      <div className="flex min-w-0 items-center gap-3 max-sm:flex-1">
        <span aria-hidden className="size-2.5 shrink-0 rounded-full" style={{ background: runCss }} />
        <h1 className="min-w-0 truncate text-lg font-semibold tracking-tight" title={run.name}>
          {run.name}
        </h1>
      </div>
      <div className="flex min-w-0 items-center gap-x-3 text-sm max-sm:order-last max-sm:w-full">
        <Status tone={status.tone} shape={status.shape}>
          <span title={status.detail} suppressHydrationWarning>
            {status.word}
          </span>
        </Status>
        {stopped ? (
          <span className="truncate text-muted" title={stopped.detail} suppressHydrationWarning>
            {stopped.text}
          </span>
        ) : null}
        <p className="whitespace-nowrap text-muted tabular-nums">
          step {formatProgress(run.last_step, run.total_steps)} ·{" "}
          <span title={`started ${formatInstant(run.started_at)}`} suppressHydrationWarning>
            {duration}
          </span>
        </p>
      </div>
      <div className="ml-auto flex items-center gap-1">
        {primary === null ? null : <CompareButton run={run} primary={primary} />}
        <RunActions run={run} />
      </div>
    </header>
  );
}
