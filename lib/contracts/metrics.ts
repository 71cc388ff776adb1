import { z } from "zod";
import { ControlRequest, Ack } from "./control";
import { Id, LoggedTime, MetricKey, page, Step, WireNumber } from "./common";
import { FIGURES } from "./series-columns";
import { METRIC_X, NAMED_X } from "./words";

export const MAX_POINTS = 10_000;
export const MAX_VALUES = 100_000;
/** Names that a run has not had before. More at a time are no metrics: a number has got into the name. */
export const MAX_NEW_METRICS = 20_000;
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

export const Point = z.strictObject({
  step: Step,
  epoch: z.number().min(0).optional(),
  time: LoggedTime.optional().describe(
    "Unix seconds; the time of arrival when absent. What is too large for seconds is taken for milli-, micro- or nanoseconds, with a warning.",
  ),
  metrics: z.record(MetricKey, WireNumber),
});
export type Point = z.infer<typeof Point>;

export const LogMetricsBody = z.strictObject({
  points: z.array(Point).max(MAX_POINTS),
  batch_id: Id.optional().describe("A retry with the same id stores nothing."),
  acks: z.array(Ack).max(100).optional(),
});
export type LogMetricsBody = z.infer<typeof LogMetricsBody>;

export const LogMetricsResponse = z.strictObject({
  accepted: z.int().describe("Points of which at least one value was new."),
  duplicates: z.int().describe("Points that were stored before, value for value."),
  last_step: Step.nullable(),
  control: z.array(ControlRequest).describe("Requests for the job to carry out, each to be acknowledged."),
  applies: z
    .boolean()
    .describe(
      "Whether a plateau policy of the run applies what it finds, so that a job may wait for the reply.",
    ),
  warnings: z.array(z.string()),
});
export type LogMetricsResponse = z.infer<typeof LogMetricsResponse>;

export const MetricSummary = z.strictObject({
  key: z.string(),
  count: z.int(),
  first_step: Step,
  last_step: Step,
  last: WireNumber,
  min: z.number().nullable(),
  min_step: Step.nullable(),
  max: z.number().nullable(),
  max_step: Step.nullable(),
  nan: z.int(),
  pos_inf: z.int(),
  neg_inf: z.int(),
});
export type MetricSummary = z.infer<typeof MetricSummary>;
export const MetricSummaries = page(MetricSummary);
export type MetricSummaries = z.infer<typeof MetricSummaries>;

export const ListMetricsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  cursor: z.string().max(500).optional(),
});
export type ListMetricsQuery = z.infer<typeof ListMetricsQuery>;

const MetricOnX = z
  .templateLiteral([METRIC_X, z.string()])
  .refine((x) => MetricKey.safeParse(x.slice(METRIC_X.length)).success);
export const XAxis = z.union([z.enum(NAMED_X), MetricOnX], {
  error: `must be one of ${NAMED_X.join(", ")} or ${METRIC_X}<key>`,
});
export type XAxis = z.infer<typeof XAxis>;

const X_ABOUT =
  "`samples` is step × batch size, where the configuration tells one. `metric:<key>` is another metric of the same run: the latest value at or before a point.";

export const MAX_BUCKETS = 4000;
const buckets = z.coerce.number().int().min(1).max(MAX_BUCKETS);
const stepFromQuery = z.coerce.number().pipe(Step);

export const WindowQuery = z.strictObject({
  from: stepFromQuery.optional().describe("First step, included."),
  to: stepFromQuery.optional().describe("Last step, included."),
  buckets: buckets.default(800),
  x: XAxis.default("step").describe(X_ABOUT),
});
export type WindowQuery = z.infer<typeof WindowQuery>;

export const ReadMetricQuery = WindowQuery.extend({
  raw: z.enum(["0", "1"]).optional().describe("1: the observations as logged, paged."),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  cursor: z.string().max(500).optional(),
});

/** The values of one fixed bucket of steps. `x` and `step` are those of its last observation. */
export const SeriesPoint = z.strictObject({
  x: z.number().nullable().describe("null when the observation has no such coordinate (no epoch logged)."),
  step: Step,
  last: WireNumber,
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  count: z.int(),
  nonfinite: z.array(z.enum(["NaN", "Infinity", "-Infinity"])).optional(),
});
export type SeriesPoint = z.infer<typeof SeriesPoint>;

export const MetricSeries = z.strictObject({
  key: z.string(),
  level: z.int().describe("log2 of the bucket's width in steps; 0 when every observation is its own point."),
  points: z.array(SeriesPoint),
});
export type MetricSeries = z.infer<typeof MetricSeries>;

export const Observation = z.strictObject({
  step: Step,
  time: z.number(),
  epoch: z.number().nullable(),
  value: WireNumber,
});
export type Observation = z.infer<typeof Observation>;
export const ObservationPage = page(Observation);
export type ObservationPage = z.infer<typeof ObservationPage>;

export const MetricParams = z.strictObject({ run_id: Id, key: MetricKey });

export const SeriesBody = z.strictObject({
  runs: z.array(Id).min(1).max(200),
  keys: z.array(MetricKey).min(1).max(20),
  from: Step.optional(),
  to: Step.optional(),
  buckets: z.int().min(1).max(MAX_BUCKETS).default(400),
  x: XAxis.default("step").describe(`${X_ABOUT} A run without such a coordinate has points without x.`),
  grid: z
    .enum(["shared", "own"])
    .optional()
    .describe(
      "How wide buckets are without `to`: as the longest run needs (shared), or as each run's own length needs.",
    ),
  format: z
    .enum(["points", "columns"])
    .optional()
    .describe("`columns`: a list for each figure, several times smaller; min, max and mean are rounded."),
  figures: z
    .array(z.enum(FIGURES))
    .optional()
    .describe("Of columns: which there are beside x, step and last. All of them when absent."),
});
export type SeriesBody = z.infer<typeof SeriesBody>;
export const RunSeries = MetricSeries.extend({ run_id: Id });
export const SeriesResponse = z.strictObject({ series: z.array(RunSeries) });
export type SeriesResponse = z.infer<typeof SeriesResponse>;
