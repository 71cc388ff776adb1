"use client";

import { useQuery } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import { Status } from "@/components/ui/badge";
import { runningQuery } from "@/lib/client/runs/queries";
import { useNow } from "@/lib/client/time/use-now";
import type { Run, RunPage } from "@/lib/contracts/runs";
import { formatLr, plural } from "@/lib/presenters/format/number";
import { formatProgress } from "@/lib/presenters/format/step";
import { lastLr } from "@/lib/presenters/runs/primary-metric";
import { runHref } from "@/lib/presenters/runs/run-row";
import { presentRunStatus, runLiveness } from "@/lib/presenters/runs/run-status";
import type { z } from "zod";

/** Runs that have not ended, over all projects; those that are no longer reporting in one line, folded. */
export function RunningNow({ initial }: { initial: z.infer<typeof RunPage> }) {
  const { data } = useQuery({ ...runningQuery(), initialData: initial });
  const now = useNow();
  const live = data.items.filter((run) => runLiveness(run, now) === "live");
  const silent = data.items.filter((run) => runLiveness(run, now) !== "live");
  return (
    <>
      {live.length === 0 ? <p className="py-1 text-sm text-muted">No run is in progress.</p> : null}
      <RunningLines runs={live} />
      {silent.length === 0 ? null : (
        <details className="mt-1 border-t border-line pt-1 text-sm">
          <summary className="cursor-pointer rounded py-1 text-muted">
            {plural(silent.length, "job has", "jobs have")} fallen silent
          </summary>
          <RunningLines runs={silent} />
        </details>
      )}
    </>
  );
}

function RunningLines({ runs }: { runs: readonly Run[] }) {
  if (runs.length === 0) return null;
  return (
    <ul className="-mx-2 flex flex-col">
      {runs.map((run) => (
        <RunningLine key={run.id} run={run} />
      ))}
    </ul>
  );
}

function RunningLine({ run }: { run: Run }) {
  const status = presentRunStatus(run, useNow());
  const lr = lastLr(run);
  return (
    <li>
      <Link
        href={runHref(run.project.id, run.id)}
        className="flex flex-col gap-0.5 rounded-md px-2 py-1.5 text-sm transition-colors hover:bg-surface"
      >
        <span className="flex items-baseline justify-between gap-3">
          <span className="truncate font-medium">{run.name}</span>
          <span className="shrink-0 text-xs text-muted tabular-nums">
            {formatProgress(run.last_step, run.total_steps)}
          </span>
        </span>
        <span
          className="flex items-baseline justify-between gap-3 text-xs text-muted"
          suppressHydrationWarning
        >
          <Status tone={status.tone} shape={status.shape}>
            {status.word}
          </Status>
          <span className="truncate tabular-nums">
            {run.project.name}
            {lr === null ? "" : ` · lr ${formatLr(lr)}`}
          </span>
        </span>
      </Link>
    </li>
  );
}
