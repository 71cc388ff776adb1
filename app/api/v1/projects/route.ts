import * as projects from "@/lib/contracts/endpoints/projects";
import { defineRoute } from "@/lib/server/http/define-route";
import { listProjects } from "@/lib/server/projects/list-projects";
import { createProject } from "@/lib/server/projects/write-project";

export const GET = defineRoute(projects.listProjects, ({ ctx, query }) => listProjects(ctx, query));

export const POST = defineRoute(projects.createProject, ({ ctx, body }) => createProject(ctx, body));
