import { endpoint } from "../endpoint";
import { z } from "zod";
import {
  ListMetricsQuery,
  LogMetricsBody,
  LogMetricsResponse,
  MAX_BODY_BYTES,
  MetricParams,
  MetricSeries,
  MetricSummaries,
  ObservationPage,
  ReadMetricQuery,
  SeriesBody,
  SeriesResponse,
} from "../metrics";
import { Overlay, OverlayQuery } from "../overlay";
import { RunParams } from "../runs";
import { ColumnsResponse } from "../series-columns";

const tag = "metrics";

export const logMetrics = endpoint({
  method: "POST",
  path: "/runs/{run_id}/metrics",
  tag,
  summary: "Log points; the reply hands over what the job is to do",
  description:
    "All or nothing. At most 10 000 points, 100 000 values and 16 MiB. Also application/x-ndjson with a point a line.",
  params: RunParams,
  body: LogMetricsBody,
  maxBody: MAX_BODY_BYTES,
  ndjsonField: "points",
  responses: { 200: LogMetricsResponse },
});

export const listMetrics = endpoint({
  method: "GET",
  path: "/runs/{run_id}/metrics",
  tag,
  summary: "The metrics of a run with their figures, by key",
  params: RunParams,
  query: ListMetricsQuery,
  responses: { 200: MetricSummaries },
});

export const readMetric = endpoint({
  method: "GET",
  path: "/runs/{run_id}/metrics/{key}",
  tag,
  summary: "One metric, in at most `buckets` points, or raw",
  description: "With raw=1 the observations as logged, a page at a time.",
  params: MetricParams,
  query: ReadMetricQuery,
  responses: { 200: z.union([MetricSeries, ObservationPage]) },
});

export const readSeveral = endpoint({
  method: "POST",
  path: "/series",
  tag,
  summary: "Several runs and metrics for one chart",
  description:
    "As points, or with `format: columns` as a list for each figure: no figure twice, and no more digits than a chart needs.",
  body: SeriesBody,
  responses: { 200: z.union([SeriesResponse, ColumnsResponse]) },
});

export const getOverlay = endpoint({
  method: "GET",
  path: "/runs/{run_id}/overlay",
  tag,
  summary: "Metrics over declared, effective and actual LR, with what happened: all that one chart needs",
  params: RunParams,
  query: OverlayQuery,
  responses: { 200: Overlay },
});
