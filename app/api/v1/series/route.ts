import { readSeveral } from "@/lib/contracts/endpoints/metrics";
import { defineRoute } from "@/lib/server/http/define-route";
import * as metrics from "@/lib/server/metrics/read-several";

export const POST = defineRoute(readSeveral, ({ ctx, body }) => metrics.readSeveral(ctx, body));
