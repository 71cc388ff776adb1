import { exportRun as endpoint } from "@/lib/contracts/endpoints/imports";
import { exportRun } from "@/lib/server/exports/export-run";
import { defineRoute } from "@/lib/server/http/define-route";

export const GET = defineRoute(endpoint, ({ ctx, params, query }) =>
  exportRun(ctx, params.run_id, query.format),
);
