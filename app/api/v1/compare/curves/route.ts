import * as api from "@/lib/contracts/endpoints/compare";
import { compareCurves } from "@/lib/server/compare/compare-curves";
import { defineRoute } from "@/lib/server/http/define-route";

export const POST = defineRoute(api.compareCurves, ({ ctx, body }) => compareCurves(ctx, body));
