import type { Run, RunStatus } from "@/lib/contracts/runs";
import { livenessOf } from "@/lib/domain/runs/liveness";
import { formatAge, formatDate } from "@/lib/presenters/format/relative-time";

export type StatusTone = "neutral" | "recommended" | "inflight" | "verified" | "failed";
export type StatusShape = "dot" | "ring" | "cross" | "square" | "clock";

export interface RunStatusModel {
  word: string;
  tone: StatusTone;
  shape: StatusShape;
  /** A sentence for hovering. */
  detail: string;
}

const ENDED: Record<Exclude<RunStatus, "running">, RunStatusModel> = {
  // No tick: a run that ended in good order may have drifted all the way.
  finished: { word: "finished", tone: "neutral", shape: "ring", detail: "The job ended normally." },
  failed: { word: "failed", tone: "failed", shape: "cross", detail: "The job reported that it failed." },
  killed: { word: "killed", tone: "failed", shape: "square", detail: "The job was stopped early." },
};

type Life = Pick<Run, "status" | "last_logged_at" | "started_at" | "log_gap">;

/** Whether the job is still heard of; null once it has ended. `now` in milliseconds. */
export const runLiveness = ({ status, last_logged_at, started_at, log_gap }: Life, now: number) =>
  livenessOf({ status, at: Date.parse(last_logged_at ?? started_at), gap: log_gap }, now);

/** Status as shape and word; `now` in milliseconds decides whether a running job is silent or lost. */
export function presentRunStatus(run: Life, now: number): RunStatusModel {
  if (run.status !== "running") return ENDED[run.status];
  const liveness = runLiveness(run, now);
  if (liveness === "live") {
    return { word: "running", tone: "verified", shape: "dot", detail: "The job is logging." };
  }
  const heard = run.last_logged_at ?? run.started_at;
  const age = formatAge(heard, now);
  const since = age === formatDate(heard) ? `since ${age}` : `for ${age}`;
  return liveness === "lost"
    ? {
        word: `lost ${since}`,
        tone: "failed",
        shape: "clock",
        detail: "The job has probably died: it has logged nothing for many times its usual interval.",
      }
    : {
        word: `silent ${since}`,
        tone: "recommended",
        shape: "clock",
        detail: "The job has not ended, but has logged nothing for longer than its usual interval.",
      };
}
