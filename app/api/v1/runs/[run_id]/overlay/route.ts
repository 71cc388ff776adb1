import * as metrics from "@/lib/contracts/endpoints/metrics";
import { OverlayKeys } from "@/lib/contracts/overlay";
import { defineRoute } from "@/lib/server/http/define-route";
import { validate } from "@/lib/server/http/validate";
import { getOverlay } from "@/lib/server/overlay/get-overlay";

export const GET = defineRoute(metrics.getOverlay, ({ ctx, params, query }) => {
  const keys =
    query.metrics === undefined ? undefined : validate(OverlayKeys, query.metrics.split(",").filter(Boolean));
  return getOverlay(ctx, { ...query, run_id: params.run_id, metrics: keys });
});
