import * as api from "@/lib/contracts/endpoints/compare";
import { defineRoute } from "@/lib/server/http/define-route";
import { runReading } from "@/lib/server/work/run-reading";

export const POST = defineRoute(api.compare, ({ ctx, body }) => runReading("compare", ctx, body));
