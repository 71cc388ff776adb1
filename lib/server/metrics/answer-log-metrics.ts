import "server-only";
import * as metrics from "@/lib/contracts/endpoints/metrics";
import { answers } from "../http/define-route";
import { logMetrics } from "./log-metrics";

/** `POST /runs/{run_id}/metrics`, for the route and for the way past Next. */
export const answerLogMetrics = answers(metrics.logMetrics, ({ ctx, params, body }) =>
  logMetrics(ctx, { run_id: params.run_id, ...body }),
);
