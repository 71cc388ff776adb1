import * as metrics from "@/lib/contracts/endpoints/metrics";
import { defineRoute } from "@/lib/server/http/define-route";
import { listMetrics } from "@/lib/server/metrics/list-metrics";
import { logMetrics } from "@/lib/server/metrics/log-metrics";

export const GET = defineRoute(metrics.listMetrics, ({ ctx, params }) => listMetrics(ctx, params.run_id));

export const POST = defineRoute(metrics.logMetrics, ({ ctx, params, body }) =>
  logMetrics(ctx, { run_id: params.run_id, ...body }),
);
