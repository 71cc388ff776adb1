import { toNumber } from "@/lib/contracts/common";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import { secondsBetween } from "@/lib/presenters/format/duration";
import { bestOf, lastLr } from "@/lib/presenters/runs/primary-metric";

/** One line of the runs table: numbers to sort by; their text is made where they are drawn. */
export interface RunRow {
  id: string;
  href: string;
  name: string;
  /** Place in the project by creation, from 0: the colour. */
  index: number;
  run: Run;
  family: string | null;
  group: string | null;
  seed: number | null;
  best: number | null;
  last: number | null;
  lr: number | null;
  step: number | null;
  /** Seconds; a running job's is as of `now`. */
  duration: number;
  createdAt: string;
}

export const runHref = (projectId: string, runId: string): string =>
  `/projects/${encodeURIComponent(projectId)}/runs/${encodeURIComponent(runId)}`;

/**
 * Rows from a project's runs, newest first. `total` is how many runs the project holds: while only the newest are
 * loaded, it tells each one's place, so that colours do not change when the others arrive.
 */
export function presentRunRows(
  runs: readonly Run[],
  { total, primary, now }: { total: number; primary: PrimaryMetric | null; now: number },
): RunRow[] {
  const highest = Math.max(total, runs.length) - 1;
  return runs.map((run, position) => {
    const value = primary ? run.summary[primary.key] : undefined;
    const lr = lastLr(run);
    return {
      id: run.id,
      href: runHref(run.project.id, run.id),
      name: run.name,
      index: highest - position,
      run,
      family: run.schedule_family,
      group: run.group,
      seed: run.seed,
      best: primary ? bestOf(value, primary.mode) : null,
      last: value ? toNumber(value.last) : null,
      lr: lr === null ? null : toNumber(lr),
      step: run.last_step,
      duration: secondsBetween(run.started_at, run.ended_at, now),
      createdAt: run.created_at,
    };
  });
}
