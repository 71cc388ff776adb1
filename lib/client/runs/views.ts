import { queryOptions } from "@tanstack/react-query";
import { problemOf } from "@/lib/client/http/problem-error";
import { request, urlPath } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import type { SaveViewBody, UpdateViewBody, View, ViewPage } from "@/lib/contracts/views";

/** Saved views of a project's runs table, or of the one over all projects: the first 200. */
export const viewsQuery = (projectId: string | null) =>
  queryOptions({
    queryKey: queryKeys.views(projectId),
    queryFn: ({ signal }) =>
      request<ViewPage>("/views", {
        query: { project: projectId ?? undefined, limit: 200 },
        signal,
      }),
  });

export const saveView = (body: SaveViewBody): Promise<View> =>
  request<View>("/views", { method: "POST", body });

export const updateView = (id: string, body: UpdateViewBody): Promise<View> =>
  request<View>(urlPath("views", id), { method: "PATCH", body });

/** Answers without a body, hence not through `request`. @throws ProblemError */
export async function deleteView(id: string): Promise<void> {
  const response = await fetch(`/api/v1${urlPath("views", id)}`, { method: "DELETE" });
  if (!response.ok) throw await problemOf(response);
}
