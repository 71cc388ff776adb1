import { restoreRun } from "@/lib/contracts/endpoints/runs";
import { defineRoute } from "@/lib/server/http/define-route";
import * as runs from "@/lib/server/runs/write-run";

export const POST = defineRoute(restoreRun, ({ ctx, params }) => runs.restoreRun(ctx, params.run_id));
