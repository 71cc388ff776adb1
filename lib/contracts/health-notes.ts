import { z } from "zod";
import { HEALTH_CODES } from "@/lib/domain/health/note";
import { MetricKey, Step } from "./common";

export const HealthCode = z.enum(HEALTH_CODES);
export type HealthCode = z.infer<typeof HealthCode>;

export const HealthNote = z.strictObject({
  code: HealthCode,
  severity: z.enum(["good", "info", "warning", "critical"]),
  metric: z.string().describe("What was judged."),
  from_step: Step,
  to_step: Step,
  message: z.string(),
  rule: z.string().describe("By which rule it was judged."),
  evidence: z.record(z.string(), z.union([z.number(), z.string()])).describe("The figures behind it."),
});
export type HealthNote = z.infer<typeof HealthNote>;

export const HealthQuery = z.strictObject({
  metric: MetricKey.optional().describe("The training loss; found by name when absent."),
  validation: MetricKey.optional().describe("The validation loss; found by name when absent."),
});
export type HealthQuery = z.infer<typeof HealthQuery>;

export const HealthNotes = z.strictObject({
  notes: z.array(HealthNote).describe("Empty when there is too little to judge."),
  judged: z.array(z.string()).describe("The losses that were looked at: training, then validation."),
  not_the_goal: z
    .string()
    .nullable()
    .describe(
      "Why a rise of the loss is not held against the run; then only values that are not finite are told.",
    ),
});
export type HealthNotes = z.infer<typeof HealthNotes>;
