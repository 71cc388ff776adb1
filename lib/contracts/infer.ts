import { z } from "zod";
import { Step } from "./common";
import { DeclaredScheduleSchema } from "./schedules";

const MAX_POINTS = 100_000;

export const InferBody = z.strictObject({
  steps: z.array(Step).min(3).max(MAX_POINTS).describe("Ascending, each once."),
  lrs: z.array(z.number().min(0)).min(3).max(MAX_POINTS).describe("One a step, finite."),
  steps_per_epoch: z.number().positive().max(1e12).optional(),
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
  max_relative_error: z.number(),
  alternatives: z.array(Alternative),
});
export type InferResponse = z.infer<typeof InferResponse>;
