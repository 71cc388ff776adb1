import { z } from "zod";
import { DeclaredScheduleSchema } from "./schedules";
import { NativeScheduleSchema } from "./native-schedules";

const count = z.int().min(1).max(1e12);

export const Architecture = z.enum(["cnn", "vision_transformer", "transformer", "rnn", "mlp", "other"]);
export const Optimizer = z.enum([
  "sgd",
  "adam",
  "adamw",
  "radam",
  "rmsprop",
  "lion",
  "adafactor",
  "schedule_free",
  "prodigy",
  "dadaptation",
]);

export const AdviseBody = z.strictObject({
  architecture: Architecture,
  optimizer: Optimizer,
  batch_size: count.describe("Examples in an update."),
  reference_batch_size: count
    .optional()
    .describe("A batch size at which `reference_lr` is known to be good."),
  reference_lr: z.number().positive().max(1e6).optional(),
  data_size: count.describe("Training examples."),
  budget: z
    .union([z.strictObject({ epochs: z.number().positive().max(1e6) }), z.strictObject({ steps: count })], {
      error: "must be {epochs} or {steps}",
    })
    .optional()
    .describe("Absent: the length of the training is open."),
  start: z.enum(["scratch", "fine_tune"]).default("scratch"),
  beta2: z.number().min(0).lt(1).optional().describe("Adam's; 0.999 when absent."),
  plan: z
    .strictObject({
      schedule: DeclaredScheduleSchema.optional(),
      warmup_steps: z.int().min(0).max(1e12).optional(),
      decay_steps: count.optional().describe("A cosine's T_max."),
    })
    .optional()
    .describe("What is planned already, to be checked for conflicts."),
});
export type AdviseBody = z.infer<typeof AdviseBody>;

export const Source = z.strictObject({
  authors: z.string(),
  year: z.int(),
  title: z.string(),
  url: z.string().nullable(),
});

const Sources = z.array(Source);
const Reasons = z.array(z.string());

export const AdviseResponse = z.strictObject({
  steps_per_epoch: z.int(),
  total_steps: z.int().nullable(),
  peak_lr: z.strictObject({
    value: z.number(),
    base: z.number(),
    reference_batch_size: z.int(),
    scaling: z.enum(["linear", "sqrt", "none"]),
    reasons: Reasons,
    sources: Sources,
  }),
  suggestions: z
    .array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        schedule: NativeScheduleSchema,
        fit: z.number().describe("0 to 100; only the order has a meaning."),
        reasons: Reasons,
        sources: Sources,
      }),
    )
    .describe("The best first."),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string(), sources: Sources })),
});
export type AdviseResponse = z.infer<typeof AdviseResponse>;
export type Advice = z.infer<typeof AdviseResponse>;

export const PresetsResponse = z.strictObject({
  presets: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      description: z.string(),
      schedule: NativeScheduleSchema,
      source: Source,
    }),
  ),
  families: z.array(
    z.strictObject({
      kind: z.string(),
      title: z.string(),
      summary: z.string(),
      use: z.string(),
      typical: z.array(z.strictObject({ parameter: z.string(), value: z.string() })),
      source: Source.nullable(),
      example: NativeScheduleSchema,
    }),
  ),
});
