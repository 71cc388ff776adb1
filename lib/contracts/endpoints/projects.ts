import { endpoint } from "../endpoint";
import {
  CreateProjectBody,
  ListProjectsQuery,
  Project,
  ProjectPage,
  ProjectParams,
  UpdateProjectBody,
} from "../projects";

const tag = "projects";

export const createProject = endpoint({
  method: "POST",
  path: "/projects",
  tag,
  summary: "Make a project",
  body: CreateProjectBody,
  responses: { 201: Project },
});

export const listProjects = endpoint({
  method: "GET",
  path: "/projects",
  tag,
  summary: "Projects, newest first",
  query: ListProjectsQuery,
  responses: { 200: ProjectPage },
});

export const getProject = endpoint({
  method: "GET",
  path: "/projects/{project_id}",
  tag,
  summary: "A project, by id or URL-encoded name",
  params: ProjectParams,
  responses: { 200: Project },
});

export const updateProject = endpoint({
  method: "PATCH",
  path: "/projects/{project_id}",
  tag,
  summary: "Rename a project, describe it, choose its primary metric",
  params: ProjectParams,
  body: UpdateProjectBody,
  responses: { 200: Project },
});

export const deleteProject = endpoint({
  method: "DELETE",
  path: "/projects/{project_id}",
  tag,
  summary: "Delete a project; logging to its name brings it back",
  params: ProjectParams,
  responses: { 204: null },
});

export const restoreProject = endpoint({
  method: "POST",
  path: "/projects/{project_id}/restore",
  tag,
  summary: "Bring a deleted project back, with its runs",
  params: ProjectParams,
  responses: { 200: Project },
});
