import { queryOptions } from "@tanstack/react-query";
import { problemOf } from "@/lib/client/http/problem-error";
import { request, urlPath } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import type { ControlPage, ControlRequest, CreateControlBody } from "@/lib/contracts/control";
import type { Run, UpdateRunBody } from "@/lib/contracts/runs";

export const runQuery = (runId: string) =>
  queryOptions({
    queryKey: [...queryKeys.run(runId), "run"] as const,
    queryFn: ({ signal }) => request<Run>(urlPath("runs", runId), { signal }),
  });

export const CONTROL_LIMIT = 50;

/** A run's control requests, newest first. */
export const runControlQuery = (runId: string) =>
  queryOptions({
    queryKey: [...queryKeys.run(runId), "control"] as const,
    queryFn: ({ signal }) =>
      request<ControlPage>(`${urlPath("runs", runId)}/control`, {
        query: { limit: CONTROL_LIMIT },
        signal,
      }),
  });

export const createControl = (runId: string, body: CreateControlBody): Promise<ControlRequest> =>
  request<ControlRequest>(`${urlPath("runs", runId)}/control`, { method: "POST", body });

export const updateRun = (runId: string, body: UpdateRunBody): Promise<Run> =>
  request<Run>(urlPath("runs", runId), { method: "PATCH", body });

export const restoreRun = (runId: string): Promise<Run> =>
  request<Run>(`${urlPath("runs", runId)}/restore`, { method: "POST" });

/** Answers without a body, hence not through `request`. @throws ProblemError */
export async function deleteRun(runId: string): Promise<void> {
  const response = await fetch(`/api/v1${urlPath("runs", runId)}`, { method: "DELETE" });
  if (!response.ok) throw await problemOf(response);
}
