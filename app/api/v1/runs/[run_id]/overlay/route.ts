import * as metrics from "@/lib/contracts/endpoints/metrics";
import { defineRoute } from "@/lib/server/http/define-route";
import { getOverlay } from "@/lib/server/overlay/get-overlay";

export const GET = defineRoute(metrics.getOverlay, ({ ctx, params, query }) =>
  getOverlay(ctx, { ...params, ...query }),
);
