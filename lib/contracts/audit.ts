import { z } from "zod";
import { FINDING_CODES } from "@/lib/domain/audit/report";
import { JsonObject, Step } from "./common";
import { DeclaredScheduleSchema } from "./schedules";

export const FindingCode = z.enum(FINDING_CODES);
export type FindingCode = z.infer<typeof FindingCode>;

export const Finding = z.strictObject({
  code: FindingCode,
  from_step: Step,
  to_step: Step,
  params: JsonObject.describe("What was fitted: a factor, a step, a parameter's name and value."),
  message: z.string().describe("One sentence for a person."),
  fix: z.string().nullable().describe("How to mend it in the framework that the schedule was declared in."),
});
export type Finding = z.infer<typeof Finding>;

export const AuditReport = z.strictObject({
  verdict: z
    .enum(["match", "drift", "undecided", "no_schedule", "no_lr", "unfinished"])
    .describe(
      "`undecided`: the log parts from its schedule at too few points to say why, or follows a metric that was not declared or not logged. `unfinished`, on an overlay only: the audit could not be made in time.",
    ),
  findings: z.array(Finding),
  offset: z
    .int()
    .nullable()
    .describe("The log's convention: what is logged at step s is the LR of step s + offset."),
  max_relative_error: z
    .number()
    .nullable()
    .describe(
      "|actual − effective| over the larger of the two, at its worst. Of a match: without fewer than three stray points, and those beside a jump of the schedule.",
    ),
});
export type AuditReport = z.infer<typeof AuditReport>;

/** A run's audit; without a declared schedule, the one that its log shows. */
export const RunAudit = AuditReport.extend({
  inferred: z
    .strictObject({
      schedule: DeclaredScheduleSchema.describe(
        "As the run can declare it: a lag of two steps or more is a constant part in front.",
      ),
      family: z.string(),
      description: z.string().describe("Of the schedule itself, without its lag."),
      offset: z.int().describe("What is logged at step s is the schedule's LR of step s + offset."),
      max_relative_error: z.number(),
      notes: z.array(z.string()).describe("What the log does not show of it."),
      alternatives: z
        .array(
          z.strictObject({
            schedule: DeclaredScheduleSchema,
            description: z.string(),
            max_relative_error: z.number(),
          }),
        )
        .describe("What explains the log nearly as well."),
    })
    .nullable(),
});
export type RunAudit = z.infer<typeof RunAudit>;
