import "server-only";
import { z } from "zod";
import * as metrics from "@/lib/contracts/endpoints/metrics";
import { answers } from "../http/define-route";
import { logMetrics } from "./log-metrics";

/**
 * Compiled, the schema takes a good body at a fifth of the cost; a bad one it hands to the schema as it is, so that the
 * refusal is the same. Here, since browsers read the contract too and need none of it.
 */
const endpoint = { ...metrics.logMetrics, body: z.compile(metrics.logMetrics.body, { strict: true }) };

/** `POST /runs/{run_id}/metrics`, for the route and for the way past Next. */
export const answerLogMetrics = answers(endpoint, ({ ctx, params, body }) =>
  logMetrics(ctx, { run_id: params.run_id, ...body }),
);
