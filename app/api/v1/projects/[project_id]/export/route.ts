import { exportProject as endpoint } from "@/lib/contracts/endpoints/imports";
import { exportProject } from "@/lib/server/exports/export-project";
import { defineRoute } from "@/lib/server/http/define-route";

export const GET = defineRoute(endpoint, ({ ctx, params }) => exportProject(ctx, params.project_id));
