import { queryOptions } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import type { Project, ProjectPage } from "@/lib/contracts/projects";

/** Projects by last activity, the first 200. */
export const projectsQuery = () =>
  queryOptions({
    queryKey: queryKeys.projects(),
    queryFn: ({ signal }) => request<ProjectPage>("/projects", { query: { limit: 200 }, signal }),
  });

export const projectQuery = (projectId: string) =>
  queryOptions({
    queryKey: queryKeys.project(projectId),
    queryFn: ({ signal }) => request<Project>(urlPath("projects", projectId), { signal }),
  });
