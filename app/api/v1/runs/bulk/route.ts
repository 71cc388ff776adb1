import * as runs from "@/lib/contracts/endpoints/runs";
import { defineRoute } from "@/lib/server/http/define-route";
import { changeRuns } from "@/lib/server/runs/change-runs";

export const POST = defineRoute(runs.bulkRuns, ({ ctx, body }) => changeRuns(ctx, body));
