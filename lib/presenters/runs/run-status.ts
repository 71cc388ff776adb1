import type { Run, RunStatus } from "@/lib/contracts/runs";
import { formatAge, formatDate } from "@/lib/presenters/format/relative-time";

export type StatusTone = "neutral" | "recommended" | "inflight" | "verified" | "failed";
export type StatusShape = "dot" | "check" | "cross" | "square" | "clock";

export interface RunStatusModel {
  word: string;
  tone: StatusTone;
  shape: StatusShape;
  /** A sentence for hovering. */
  detail: string;
}

/** A running job that has not been heard of for this long is called silent. */
export const SILENT_AFTER_SECONDS = 120;

const ENDED: Record<Exclude<RunStatus, "running">, RunStatusModel> = {
  finished: { word: "finished", tone: "neutral", shape: "check", detail: "The job ended as it meant to." },
  failed: { word: "failed", tone: "failed", shape: "cross", detail: "The job reported that it failed." },
  killed: { word: "killed", tone: "failed", shape: "square", detail: "The job was stopped before its end." },
};

/** Status as shape and word; `now` in milliseconds decides whether a running job is silent. */
export function presentRunStatus(
  run: Pick<Run, "status" | "last_logged_at" | "started_at">,
  now: number,
): RunStatusModel {
  if (run.status !== "running") return ENDED[run.status];
  const heard = run.last_logged_at ?? run.started_at;
  if (now - Date.parse(heard) < SILENT_AFTER_SECONDS * 1000) {
    return { word: "running", tone: "verified", shape: "dot", detail: "The job is logging." };
  }
  const age = formatAge(heard, now);
  return {
    word: age === formatDate(heard) ? `silent since ${age}` : `silent for ${age}`,
    tone: "recommended",
    shape: "clock",
    detail: "The job has not ended, but has logged nothing for a while.",
  };
}
