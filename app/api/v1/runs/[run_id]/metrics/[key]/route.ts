import * as metrics from "@/lib/contracts/endpoints/metrics";
import { defineRoute } from "@/lib/server/http/define-route";
import { readMetric, readRaw } from "@/lib/server/metrics/read-metric";

export const GET = defineRoute(metrics.readMetric, ({ ctx, params, query }) => {
  const input = { ...params, ...query };
  return query.raw === "1" ? readRaw(ctx, input) : readMetric(ctx, input);
});
