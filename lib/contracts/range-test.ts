import { z } from "zod";
import { Id, MetricKey, WireNumber } from "./common";

const MOST_POINTS = 10_000;
const points = <T extends z.ZodType>(value: T) => z.array(value).min(1).max(MOST_POINTS);

/** Numbers, or a run that sweeps its LR. */
export const RangeTestBody = z
  .strictObject({
    lrs: points(z.number().positive()).optional().describe("Rising."),
    losses: points(WireNumber).optional().describe("One per LR, smoothed unless `smooth` is given."),
    run_id: Id.optional().describe("Instead of numbers: a run whose LR rises from step to step."),
    metric: MetricKey.optional().describe("The run's loss; found by name when absent."),
    num_it: z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .describe("Planned updates; as many as there are losses when absent."),
    smooth: z
      .number()
      .min(0)
      .lt(1)
      .optional()
      .describe(
        "Weight of the past in a moving average over the losses; fastai's is 0.98, which a run gets.",
      ),
  })
  .refine(
    ({ lrs, losses, run_id }) => (run_id === undefined) === (lrs !== undefined && losses !== undefined),
    {
      message: "give lrs and losses, or a run_id",
    },
  )
  .refine(({ lrs, losses }) => lrs?.length === losses?.length, {
    path: ["losses"],
    message: "needs one loss per LR",
  })
  .refine(({ lrs = [] }) => lrs.every((lr, i) => i === 0 || lr > (lrs[i - 1] ?? 0)), {
    path: ["lrs"],
    message: "must rise from one to the next",
  });
export type RangeTestBody = z.infer<typeof RangeTestBody>;

const Suggestion = z.strictObject({ index: z.int(), lr: z.number() });
const Interval = z.strictObject({ from: z.number(), to: z.number() });

export const RangeTestResponse = z.strictObject({
  suggestions: z
    .strictObject({
      valley: Suggestion.nullable(),
      slide: Suggestion.nullable(),
      minimum: Suggestion.nullable(),
      steep: Suggestion.nullable(),
      lightning: Suggestion.nullable(),
    })
    .describe("What each method says, usable or not; null where there are too few points for it."),
  lightning_log: Suggestion.nullable().describe("Lightning's method against the logarithm of the LR."),
  recommended: z
    .strictObject({
      method: z.enum(["valley", "slide", "minimum", "steep", "lightning", "lightning_log"]),
      index: z.int(),
      lr: z.number(),
    })
    .nullable(),
  zones: z
    .strictObject({ too_low: Interval, good: Interval, too_high: Interval.nullable() })
    .nullable()
    .describe("too_high is null when the loss still fell as the sweep ended."),
  usable: z.boolean().describe("Whether the curve has a fall that a suggestion can rest on."),
  message: z.string(),
  curve: z
    .strictObject({ lrs: z.array(z.number()), losses: z.array(WireNumber) })
    .describe("What was judged."),
});
export type RangeTestResponse = z.infer<typeof RangeTestResponse>;
export type RangeTestResult = z.infer<typeof RangeTestResponse>;
