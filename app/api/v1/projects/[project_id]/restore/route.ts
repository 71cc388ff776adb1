import { restoreProject } from "@/lib/contracts/endpoints/projects";
import { defineRoute } from "@/lib/server/http/define-route";
import * as projects from "@/lib/server/projects/write-project";

export const POST = defineRoute(restoreProject, ({ ctx, params }) =>
  projects.restoreProject(ctx, params.project_id),
);
