import { queryOptions } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import { toNumber } from "@/lib/contracts/wire-number";
import { queryKeys } from "@/lib/client/query-keys";
import type { EvaluateResponse, Replay } from "@/lib/contracts/schedules";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { scheduleLength } from "@/lib/domain/schedules/schedule-length";

/** Enough to recognise a shape at 56 pixels. */
const SAMPLES = 32;
/** Drawn when neither the run nor the schedule says how long it is. */
const ASSUMED_STEPS = 1000;

export interface ScheduleToDraw {
  schedule: DeclaredSchedule;
  total_steps: number | null;
  steps_per_epoch: number | null;
}

/** The first group's LR at evenly spaced steps. Equal schedules share one request; the answer never grows stale. */
export const scheduleCurveQuery = ({ schedule, total_steps, steps_per_epoch }: ScheduleToDraw) =>
  queryOptions({
    queryKey: ["schedule", schedule, total_steps, steps_per_epoch] as const,
    queryFn: async ({ signal }) => {
      const body = {
        schedule,
        steps: evenSteps(lengthOf({ schedule, total_steps })),
        steps_per_epoch: steps_per_epoch ?? undefined,
      };
      const curve = await request<EvaluateResponse>("/schedules/evaluate", {
        method: "POST",
        body,
        signal,
      });
      return (curve.lrs ?? curve.lrs_by_group?.[0] ?? []).map(toNumber).filter(Number.isFinite);
    },
    staleTime: Infinity,
    retry: false,
  });

/** The same of a run's rule that follows a metric: what it did so far; null while nobody knows. */
export const replayQuery = (runId: string) =>
  queryOptions({
    queryKey: [...queryKeys.run(runId), "replay"] as const,
    queryFn: async ({ signal }) => {
      const { curve } = await request<Replay>(urlPath("runs", runId, "replay"), {
        query: { points: SAMPLES },
        signal,
      });
      return curve?.lrs[0] ?? null;
    },
    staleTime: Infinity,
    retry: false,
  });

/** A run that has just begun is too short to tell a shape by. */
const lengthOf = ({ schedule, total_steps }: Pick<ScheduleToDraw, "schedule" | "total_steps">): number =>
  (total_steps !== null && total_steps > 1 ? total_steps : ownLength(schedule)) ?? ASSUMED_STEPS;

/** How long a schedule in our own words is; a library's own length is the server's to know. */
const ownLength = (schedule: DeclaredSchedule): number | null =>
  "kind" in schedule ? scheduleLength(schedule) : null;

/** First, last and evenly spaced steps between, each once. */
export function evenSteps(total: number): number[] {
  const last = Math.max(1, Math.ceil(total)) - 1;
  const steps = Array.from({ length: SAMPLES }, (_, index) => Math.round((last * index) / (SAMPLES - 1)));
  return [...new Set(steps)];
}
