import { z } from "zod";
import { Step, StepsPerEpoch } from "./common";
import { DeclaredScheduleSchema } from "./schedules";

const MAX_POINTS = 100_000;

export const InferBody = z.strictObject({
  steps: z.array(Step).min(3).max(MAX_POINTS).describe("Ascending, each once."),
  lrs: z.array(z.number().min(0)).min(3).max(MAX_POINTS).describe("One a step, finite."),
  steps_per_epoch: StepsPerEpoch.optional(),
});
export type InferBody = z.infer<typeof InferBody>;

const Alternative = z.strictObject({
  schedule: DeclaredScheduleSchema,
  family: z.string(),
  max_relative_error: z.number(),
});

export const InferResponse = z.strictObject({
  schedule: DeclaredScheduleSchema.nullable().describe("null when nothing explains the log."),
  family: z.string().describe('"cosine", "warmup + linear", "piecewise, 3 segments", "unknown".'),
  params: z.record(z.string(), z.number()),
  unit: z.enum(["step", "epoch"]),
  offset: z.int().describe("Logger's convention: what was logged at step s is the LR of step s + offset."),
  max_relative_error: z
    .number()
    .describe("At the logged steps; between and after them nothing was compared."),
  exact: z.boolean().describe("Whether the schedule explains the log as well as its rounding allows."),
  ended: z
    .boolean()
    .describe(
      "Whether the log comes to rest at the schedule's end. If not, what comes after it does not show.",
    ),
  gap: z
    .int()
    .describe("Most steps between two logged points of different LR: when it changed is known to within it."),
  notes: z.array(z.string()).describe("The same in sentences: what the log does not show."),
  alternatives: z.array(Alternative),
});
export type InferResponse = z.infer<typeof InferResponse>;
