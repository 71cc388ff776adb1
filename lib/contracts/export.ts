import { z } from "zod";
import { StepsPerEpoch } from "./common";
import { DeclaredScheduleSchema } from "./schedules";
import { EXPORT_TARGETS } from "./words";

export const ExportTarget = z.enum(EXPORT_TARGETS);

export const ExportBody = z.strictObject({
  schedule: DeclaredScheduleSchema,
  target: ExportTarget,
  steps_per_epoch: StepsPerEpoch.optional().describe("For a schedule that counts epochs."),
  total_steps: z
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe("For a schedule that needs the length of the run, as fastai's and mmcv's do."),
});
export type ExportBody = z.infer<typeof ExportBody>;

export const ExportResponse = z.strictObject({
  code: z.string().describe("Complete: imports, the schedule, and how to step it."),
  exact: z.boolean().describe("Whether the target gives the same LRs over the schedule's length."),
  notes: z.array(z.string()).describe("What differs, and what to know."),
  stepping: z.enum(["step", "epoch"]).describe("What one step of the exported scheduler stands for."),
});
export type ExportResponse = z.infer<typeof ExportResponse>;
export type ExportResult = z.infer<typeof ExportResponse>;
