import { queryOptions } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import { Project, ProjectPage } from "@/lib/contracts/projects";

/** Projects by last activity, the first 200. */
export const projectsQuery = () =>
  queryOptions({
    queryKey: queryKeys.projects(),
    queryFn: ({ signal }) => request("/projects", { schema: ProjectPage, query: { limit: 200 }, signal }),
  });

export const projectQuery = (projectId: string) =>
  queryOptions({
    queryKey: queryKeys.project(projectId),
    queryFn: ({ signal }) => request(urlPath("projects", projectId), { schema: Project, signal }),
  });
