import * as api from "@/lib/contracts/endpoints/compare";
import { defineRoute } from "@/lib/server/http/define-route";
import { runReading } from "@/lib/server/work/run-reading";

export const POST = defineRoute(api.compareCurves, ({ ctx, body }) => runReading("compareCurves", ctx, body));
