import * as projects from "@/lib/contracts/endpoints/projects";
import { defineRoute } from "@/lib/server/http/define-route";
import { getProject } from "@/lib/server/projects/get-project";
import { deleteProject, updateProject } from "@/lib/server/projects/write-project";

export const GET = defineRoute(projects.getProject, ({ ctx, params }) => getProject(ctx, params.project_id));

export const PATCH = defineRoute(projects.updateProject, ({ ctx, params, body }) =>
  updateProject(ctx, params.project_id, body),
);

export const DELETE = defineRoute(projects.deleteProject, ({ ctx, params }) =>
  deleteProject(ctx, params.project_id),
);
