import * as api from "@/lib/contracts/endpoints/compare";
import { compareRuns } from "@/lib/server/compare/compare-runs";
import { defineRoute } from "@/lib/server/http/define-route";

export const POST = defineRoute(api.compare, ({ ctx, body }) => compareRuns(ctx, body));
