import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import type { Run, RunPage, UpdateRunBody } from "@/lib/contracts/runs";

/** Runs by part of their name, id or tag, newest first, over all projects: for choosing one. */
export const pickRunQuery = (q: string) =>
  queryOptions({
    queryKey: ["runs", "pick", q] as const,
    queryFn: ({ signal }) => request<RunPage>("/runs", { query: { q: q || undefined, limit: 30 }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Declares a run's schedule; null takes the declaration back. */
export const declareSchedule = (
  runId: string,
  body: Pick<UpdateRunBody, "schedule" | "total_steps" | "steps_per_epoch">,
): Promise<Run> => request<Run>(urlPath("runs", runId), { method: "PATCH", body });
