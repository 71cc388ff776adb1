import { z } from "zod";
import { JsonObject, Step } from "./common";

export const FindingCode = z.enum([
  "match",
  "offset",
  "time_scale",
  "never_stepped",
  "restarted",
  "warmup_missing",
  "scaled",
  "clipped",
  "parameter",
  "external_change",
  "plateau_mismatch",
  "lag",
  "unexplained",
]);
export type FindingCode = z.infer<typeof FindingCode>;

export const Finding = z.strictObject({
  code: FindingCode,
  from_step: Step,
  to_step: Step,
  params: JsonObject,
  message: z.string(),
});
export type Finding = z.infer<typeof Finding>;

export const AuditReport = z.strictObject({
  verdict: z.enum(["match", "drift", "no_schedule", "no_lr"]),
  findings: z.array(Finding),
  offset: z.int().nullable(),
  max_relative_error: z.number().nullable(),
});
export type AuditReport = z.infer<typeof AuditReport>;
