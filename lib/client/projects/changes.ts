import { problemOf } from "@/lib/client/http/problem-error";
import { request, urlPath } from "@/lib/client/http/request";
import type { Project, UpdateProjectBody } from "@/lib/contracts/projects";

/** @throws ProblemError `conflict` when another project has the name. */
export const updateProject = (id: string, body: UpdateProjectBody): Promise<Project> =>
  request<Project>(urlPath("projects", id), { method: "PATCH", body });

export async function deleteProject(id: string): Promise<void> {
  const response = await fetch(`/api/v1${urlPath("projects", id)}`, { method: "DELETE" });
  if (!response.ok) throw await problemOf(response);
}

/** With its runs. */
export const bringBackProject = ({ id }: Pick<Project, "id">): Promise<Project> =>
  request<Project>(urlPath("projects", id, "restore"), { method: "POST" });
