import * as metrics from "@/lib/contracts/endpoints/metrics";
import { asRoute, defineRoute } from "@/lib/server/http/define-route";
import { answerLogMetrics } from "@/lib/server/metrics/answer-log-metrics";
import { listMetrics } from "@/lib/server/metrics/list-metrics";

export const GET = defineRoute(metrics.listMetrics, ({ ctx, params, query }) =>
  listMetrics(ctx, params.run_id, query),
);

export const POST = asRoute(answerLogMetrics);
