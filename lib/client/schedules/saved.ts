import { queryOptions } from "@tanstack/react-query";
import { problemOf } from "@/lib/client/http/problem-error";
import { request, urlPath } from "@/lib/client/http/request";
import type {
  SavedSchedule,
  SavedSchedulePage,
  SaveScheduleBody,
  UpdateSavedBody,
} from "@/lib/contracts/saved-schedules";

/** Everything about the saved library stands under this. */
export const SAVED_KEY = ["schedules", "saved"] as const;

/** Saved schedules, newest first, the first 200; `q` and `project` are the server's to match. */
export const savedQuery = (filter: { q?: string; project?: string } = {}) =>
  queryOptions({
    queryKey: [...SAVED_KEY, filter] as const,
    queryFn: ({ signal }) =>
      request<SavedSchedulePage>("/schedules", {
        query: { limit: 200, q: filter.q || undefined, project: filter.project || undefined },
        signal,
      }),
  });

export const saveSchedule = (body: SaveScheduleBody): Promise<SavedSchedule> =>
  request<SavedSchedule>("/schedules", { method: "POST", body });

export const updateSaved = (id: string, body: UpdateSavedBody): Promise<SavedSchedule> =>
  request<SavedSchedule>(urlPath("schedules", id), { method: "PATCH", body });

/** Answers without a body, hence not through `request`. @throws ProblemError */
export async function deleteSaved(id: string): Promise<void> {
  const response = await fetch(`/api/v1${urlPath("schedules", id)}`, { method: "DELETE" });
  if (!response.ok) throw await problemOf(response);
}
