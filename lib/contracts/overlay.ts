import { z } from "zod";
import { AuditReport } from "./audit";
import { ControlStatus } from "./control";
import { Id, Step } from "./common";
import { MetricKey } from "./common";
import { MetricSeries, WindowQuery, XAxis } from "./metrics";

export const OverlayQuery = WindowQuery.extend({
  metrics: z
    .string()
    .max(5000)
    .transform((keys) => keys.split(",").filter(Boolean))
    .pipe(z.array(MetricKey).max(20))
    .optional()
    .describe("Comma-separated keys; chosen by the server when absent."),
});

/** LR values at the given steps, one array per param group. */
export const LrCurve = z.strictObject({
  steps: z.array(Step),
  x: z.array(z.number().nullable()),
  lrs: z.array(z.array(z.number())),
});
export type LrCurve = z.infer<typeof LrCurve>;

/** Something that happened at a step or over a range of steps, for the chart to mark. */
export const OverlayEvent = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("plateau"),
    from_step: Step,
    to_step: Step,
    metric: z.string(),
    checks: z.int().nullable().describe("Values of the metric on the plateau so far."),
    message: z.string(),
    control_id: Id.nullable().describe("The request that was last made of it."),
  }),
  z.strictObject({
    kind: z.literal("control"),
    step: Step,
    control_id: Id,
    status: ControlStatus,
    label: z.string().describe("Short: `×0.5`, `lr 1e-3`, `stop`."),
    message: z.string(),
  }),
  z.strictObject({
    kind: z.literal("lr_change"),
    step: Step,
    from_lr: z.number(),
    to_lr: z.number(),
    label: z.string(),
  }),
]);
export type OverlayEvent = z.infer<typeof OverlayEvent>;

export const Overlay = z.strictObject({
  run_id: Id,
  x: XAxis,
  from: Step,
  to: Step,
  last_step: Step.nullable(),
  metrics: z.array(MetricSeries),
  lr: z.strictObject({
    key: z.string().nullable().describe("The metric that holds the actual LR."),
    declared: LrCurve.nullable(),
    effective: LrCurve.nullable().describe("null while it equals the declared."),
    actual: MetricSeries.nullable(),
  }),
  drift: z.array(z.strictObject({ from_step: Step, to_step: Step, max_relative_error: z.number() })),
  events: z.array(OverlayEvent),
  audit: AuditReport,
});
export type Overlay = z.infer<typeof Overlay>;
