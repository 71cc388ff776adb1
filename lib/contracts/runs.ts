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
  StepsPerEpoch,
  text,
  UnixSeconds,
  WireNumber,
} from "./common";
import { parseSort } from "@/lib/domain/query/order";
import { parseQuery } from "@/lib/domain/query/parse";
import { QueryError } from "@/lib/domain/query/query-error";
import { parseFields } from "@/lib/domain/query/read-field";
import { LIVENESS, QUIET } from "@/lib/domain/runs/liveness";
import { PlateauPolicy } from "./plateau";
import { HealthCode } from "./health-notes";
import { DeclaredScheduleSchema } from "./schedules";
import { AuditVerdict, PlateauVerdict, RunVerdict, VerdictFigure } from "./verdicts";
import { MAX_BULK, MOST_SUMMARISED } from "./words";

export const RunStatus = z.enum(["running", "finished", "failed", "killed"]);
export type RunStatus = z.infer<typeof RunStatus>;

export const Tag = text(100).trim().min(1);

const steps = z.int().min(1);
const MAX_SORT_KEYS = 4;

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
  steps_per_epoch: StepsPerEpoch.nullable().optional(),
};

/** Paths under /runs that are not a run's. */
const RESERVED_IDS: ReadonlySet<string> = new Set(["bulk", "fields", "table"]);

export const CreateRunBody = z.strictObject({
  project: Name.describe("Name or id; a new name makes a new project."),
  name: Name.optional(),
  id: Id.refine((id) => !RESERVED_IDS.has(id), "is a word of the API's own")
    .optional()
    .describe("The client's own id makes creation idempotent."),
  resume: z.enum(["never", "allow", "must"]).default("never"),
  ...declared,
  plateau: z.array(PlateauPolicy).max(20).optional(),
});
export type CreateRunBody = z.infer<typeof CreateRunBody>;

export const UpdateRunBody = z.strictObject({
  name: Name.optional(),
  ...declared,
  archived: z.boolean().optional().describe("Archived runs are kept, and left out of lists."),
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
  verdict: RunVerdict,
  total_steps: z.number().nullable(),
  steps_per_epoch: z.number().nullable(),
  created_at: IsoTime,
  started_at: IsoTime,
  ended_at: IsoTime.nullable(),
  last_logged_at: IsoTime.nullable(),
  log_gap: z
    .number()
    .nullable()
    .describe("The longest of its recent pauses between two log calls, in seconds: its own rhythm."),
  liveness: z
    .enum(LIVENESS)
    .nullable()
    .describe("Whether a running job is still heard of, by its own rhythm; null once it has ended."),
  archived_at: IsoTime.nullable(),
  last_step: Step.nullable(),
  summary: z.record(z.string(), SummaryValue),
  summary_of: z
    .int()
    .optional()
    .describe(
      `How many metrics the run has, when the summary holds only ${MOST_SUMMARISED} of them; the others are in its list of metrics.`,
    ),
});
export type Run = z.infer<typeof Run>;

export const RunPage = page(Run);
export type RunPage = z.infer<typeof RunPage>;
export const RunParams = z.strictObject({ run_id: Id });

/** Why a text is no filter or no order, as a sentence with the place counted from 1. */
const refusal = ({ position, message }: QueryError) => `${message} (character ${position + 1})`;

const Filter = text(2000).superRefine((value, context) => {
  const { error } = parseQuery(value);
  if (error) context.addIssue({ code: "custom", message: refusal(error) });
});

const Sort = text(1000).superRefine((value, context) => {
  try {
    if (parseSort(value).length > MAX_SORT_KEYS) {
      context.addIssue({ code: "custom", message: `at most ${MAX_SORT_KEYS} keys` });
    }
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    context.addIssue({
      code: "custom",
      message: `a field such as created_at, name, config.lr or metric:<key>[:min|max|last], a leading - turns it round, several with commas between: ${refusal(error)}`,
    });
  }
});

const filter = Filter.optional().describe(
  "In the query language of docs/api.md: `status:running config.lr>=0.01 -tag:bad`. Archived runs are left out unless it says `archived:`.",
);

export const ListRunsQuery = PageQuery.extend({
  // Holds the values of up to four keys of the order.
  cursor: z.string().max(4000).optional(),
  project: text(250).min(1).optional(),
  status: z
    .enum([...RunStatus.options, ...QUIET])
    .optional()
    .describe("`silent` and `lost` are running jobs that are no longer reporting."),
  group: text(250).optional(),
  tag: text(100).optional(),
  schedule_family: text(100).optional(),
  q: text(250).optional().describe("Part of the name, the id or a tag, whatever the case."),
  filter,
  sort: Sort.default("-created_at").describe(
    "Fields with commas between; a leading - turns one round. Runs without a value come last either way.",
  ),
});
export type ListRunsQuery = z.infer<typeof ListRunsQuery>;

const Columns = text(4000)
  .superRefine((value, context) => {
    try {
      parseFields(value);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      context.addIssue({ code: "custom", message: refusal(error) });
    }
  })
  .default("")
  .describe("Fields to return besides: `config.optimizer.lr,metric:val/loss:min`.");

export const MAX_TABLE_ROWS = 20_000;

export const RunTableQuery = z.strictObject({
  project: text(250).min(1).optional(),
  filter: Filter.optional().describe("As in GET /runs; without it archived runs are returned as well."),
  columns: Columns,
  limit: z.coerce.number().int().min(1).max(MAX_TABLE_ROWS).default(MAX_TABLE_ROWS),
});
export type RunTableQuery = z.infer<typeof RunTableQuery>;

export const Cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Cell = z.infer<typeof Cell>;

/** Many runs, a list for each column: entry i of every list is about the same run. Newest first. */
export const RunTable = z.strictObject({
  total: z.int().describe("How many runs match; more than are listed when the limit cut them."),
  projects: z
    .array(z.strictObject({ id: Id, name: z.string(), runs: z.int() }))
    .describe("`runs`: how many it holds, whatever the filter."),
  schedules: z
    .array(
      z.strictObject({
        schedule: DeclaredScheduleSchema,
        total_steps: z.number().nullable(),
        steps_per_epoch: z.number().nullable(),
        follows_metric: z.boolean().describe("Its curve is not known before the run."),
      }),
    )
    .describe("The different ones; `columns.schedule` points into this list."),
  metrics: z
    .array(z.strictObject({ key: z.string(), runs: z.int() }))
    .describe(
      `What these runs logged: of more than ${MOST_SUMMARISED} metrics those that most of them have.`,
    ),
  columns: z.strictObject({
    id: z.array(Id),
    project: z.array(z.int()).describe("Place in `projects`."),
    place: z.array(z.int()).describe("Place in its project by creation, from 0, which it keeps: its colour."),
    name: z.array(z.string()),
    status: z.array(RunStatus),
    group: z.array(z.string().nullable()),
    seed: z.array(z.number().nullable()),
    tags: z.array(z.array(z.string())),
    schedule: z.array(z.int().nullable()),
    schedule_family: z.array(z.string().nullable()),
    schedule_source: z.array(z.enum(["declared", "inferred"]).nullable()),
    audit: z.array(AuditVerdict).describe("As `verdict` of a run."),
    figure: z.array(VerdictFigure),
    health: z.array(HealthCode.nullable()),
    plateau: z.array(PlateauVerdict),
    lr_metric: z.array(z.string().nullable()).describe("The metric that holds the LR, declared or found."),
    lr: z.array(WireNumber.nullable()),
    total_steps: z.array(z.number().nullable()),
    last_step: z.array(z.number().nullable()),
    created_at: z.array(IsoTime),
    started_at: z.array(IsoTime),
    ended_at: z.array(IsoTime.nullable()),
    last_logged_at: z.array(IsoTime.nullable()),
    log_gap: z.array(z.number().nullable()),
    archived_at: z.array(IsoTime.nullable()),
  }),
  values: z.record(z.string(), z.array(Cell)).describe("The fields that were asked for, by their text."),
});
export type RunTable = z.infer<typeof RunTable>;

export const RunFieldsQuery = z.strictObject({ project: text(250).min(1).optional() });
export type RunFieldsQuery = z.infer<typeof RunFieldsQuery>;

export const RunField = z.strictObject({
  field: z.string().describe("As a filter writes it: `config.optimizer.lr`."),
  runs: z.int().describe("How many of the newest runs have it."),
  values: z.array(z.string()).describe("The most frequent ones."),
});
export type RunField = z.infer<typeof RunField>;
export const RunFields = z.strictObject({ items: z.array(RunField) });
export type RunFields = z.infer<typeof RunFields>;

const bulkRuns = z.array(Id).min(1).max(MAX_BULK);

export const BulkBody = z.discriminatedUnion("action", [
  z.strictObject({ action: z.enum(["tag", "untag"]), runs: bulkRuns, tag: Tag }),
  z.strictObject({ action: z.enum(["archive", "unarchive", "delete", "restore"]), runs: bulkRuns }),
]);
export type BulkBody = z.infer<typeof BulkBody>;

export const BulkResponse = z.strictObject({
  changed: z.array(Id).describe("The runs that were not so already: undo these."),
});
export type BulkResponse = z.infer<typeof BulkResponse>;
