import { z } from "zod";
import {
  Id,
  IsoTime,
  JsonObject,
  MetricKey,
  Name,
  page,
  PageQuery,
  Step,
  text,
  UnixSeconds,
  WireNumber,
} from "./common";
import { PlateauPolicy } from "./plateau";
import { DeclaredScheduleSchema } from "./schedules";

export const RunStatus = z.enum(["running", "finished", "failed", "killed"]);
export type RunStatus = z.infer<typeof RunStatus>;

export const Tag = text(100).trim().min(1);

const steps = z.int().min(1);

const declared = {
  group: text(250).trim().min(1).nullable().optional().describe("Replicates that differ by seed share it."),
  seed: z.int().nullable().optional(),
  tags: z.array(Tag).max(100).optional(),
  config: JsonObject.optional(),
  notes: text(100_000).optional(),
  schedule: DeclaredScheduleSchema.nullable().optional(),
  lr_metric: MetricKey.nullable()
    .optional()
    .describe("The metric that holds the LR; found by name when absent."),
  total_steps: steps.nullable().optional(),
  steps_per_epoch: z.number().positive().max(1e12).nullable().optional(),
};

export const CreateRunBody = z.strictObject({
  project: Name.describe("Name or id; a new name makes a new project."),
  name: Name.optional(),
  id: Id.optional().describe("The client's own id makes creation idempotent."),
  resume: z.enum(["never", "allow", "must"]).default("never"),
  ...declared,
  plateau: z.array(PlateauPolicy).max(20).optional(),
});
export type CreateRunBody = z.infer<typeof CreateRunBody>;

export const UpdateRunBody = z.strictObject({
  name: Name.optional(),
  ...declared,
});
export type UpdateRunBody = z.infer<typeof UpdateRunBody>;

export const FinishRunBody = z.strictObject({
  status: z.enum(["finished", "failed", "killed"]).default("finished"),
  time: UnixSeconds.optional(),
});

export const SummaryValue = z.strictObject({
  last: WireNumber,
  min: z.number().nullable(),
  max: z.number().nullable(),
  step: Step.describe("Of the last value."),
});

export const Run = z.strictObject({
  id: Id,
  project: z.strictObject({ id: Id, name: z.string() }),
  name: z.string(),
  status: RunStatus,
  group: z.string().nullable(),
  seed: z.number().nullable(),
  tags: z.array(z.string()),
  config: JsonObject,
  notes: z.string(),
  schedule: DeclaredScheduleSchema.nullable(),
  schedule_source: z.enum(["declared", "inferred"]).nullable(),
  schedule_family: z.string().nullable(),
  lr_metric: z.string().nullable(),
  total_steps: z.number().nullable(),
  steps_per_epoch: z.number().nullable(),
  created_at: IsoTime,
  started_at: IsoTime,
  ended_at: IsoTime.nullable(),
  last_logged_at: IsoTime.nullable(),
  last_step: Step.nullable(),
  summary: z.record(z.string(), SummaryValue),
});
export type Run = z.infer<typeof Run>;

export const RunPage = page(Run);
export const RunParams = z.strictObject({ run_id: Id });

export const ListRunsQuery = PageQuery.extend({
  project: text(250).min(1).optional(),
  status: RunStatus.optional(),
  group: text(250).optional(),
  tag: text(100).optional(),
  schedule_family: text(100).optional(),
  q: text(250).optional().describe("Part of the name, the id or a tag."),
  sort: z
    .string()
    .regex(
      /^-?(created_at|name|metric:[^\p{C}]{1,254})$/u,
      "created_at, name or metric:<key>[:min|max|last]; a leading - turns it round",
    )
    .default("-created_at"),
});
export type ListRunsQuery = z.infer<typeof ListRunsQuery>;
