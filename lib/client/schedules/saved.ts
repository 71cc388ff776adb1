import { queryOptions } from "@tanstack/react-query";
import { problemOf } from "@/lib/client/http/problem-error";
import { request, urlPath } from "@/lib/client/http/request";
import {
  SavedSchedule,
  SavedSchedulePage,
  type SaveScheduleBody,
  type UpdateSavedBody,
} from "@/lib/contracts/saved-schedules";

/** Everything about the saved library stands under this. */
export const SAVED_KEY = ["schedules", "saved"] as const;

/** Saved schedules, newest first, the first 200; `q` and `project` are the server's to match. */
export const savedQuery = (filter: { q?: string; project?: string } = {}) =>
  queryOptions({
    queryKey: [...SAVED_KEY, filter] as const,
    queryFn: ({ signal }) =>
      request("/schedules", {
        schema: SavedSchedulePage,
        query: { limit: 200, q: filter.q || undefined, project: filter.project || undefined },
        signal,
      }),
  });

export const saveSchedule = (body: SaveScheduleBody): Promise<SavedSchedule> =>
  request("/schedules", { schema: SavedSchedule, method: "POST", body });

export const updateSaved = (id: string, body: UpdateSavedBody): Promise<SavedSchedule> =>
  request(urlPath("schedules", id), { schema: SavedSchedule, method: "PATCH", body });

/** Answers without a body, hence not through `request`. @throws ProblemError */
export async function deleteSaved(id: string): Promise<void> {
  const response = await fetch(`/api/v1${urlPath("schedules", id)}`, { method: "DELETE" });
  if (!response.ok) throw await problemOf(response);
}
