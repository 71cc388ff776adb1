import { z } from "zod";
import { Id, MetricKey, Name, Step, text, WireNumber } from "./common";

export const MAX_IMPORT_BYTES = 256 * 1024 * 1024;
export const MAX_IMPORT_FILES = 500;
/** Of a file that can only be read whole: a JSON document. */
export const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;
/** So many refused rows of a file are listed; the rest are counted. */
export const MAX_REFUSALS = 100;

export const ImportFormat = z.enum([
  "tfevents",
  "trainer_state",
  "keras_csv",
  "lightning_csv",
  "timm_csv",
  "csv",
  "jsonl",
]);
export type ImportFormat = z.infer<typeof ImportFormat>;

const column = text(1000);

/** Which column of a table is what. Absent: guessed by name. null: none. */
export const ImportMapping = z.strictObject({
  name: Name.optional().describe("The run's name; the file's when absent."),
  step: column.nullable().optional(),
  epoch: column.nullable().optional(),
  time: column.nullable().optional(),
  lr: column.nullable().optional().describe("The column, or for an event file the tag, that holds the LR."),
  metrics: z.array(column).max(2000).optional().describe("Columns to take; every numeric one when absent."),
});
export type ImportMapping = z.infer<typeof ImportMapping>;

/** By the path of the file that it is for; `*` is for every other. */
export const ImportMappings = z.record(text(1000), ImportMapping);
export type ImportMappings = z.infer<typeof ImportMappings>;

const Mappings = text(1024 * 1024).transform((value, context): ImportMappings => {
  try {
    const parsed = ImportMappings.safeParse(JSON.parse(value));
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      context.addIssue({ code: "custom", path: issue.path, message: issue.message });
    }
  } catch {
    context.addIssue({ code: "custom", message: "not JSON" });
  }
  return z.NEVER;
});

const options = {
  dry_run: z.enum(["0", "1"]).optional().describe("1: says what would happen, and writes nothing."),
  project: Name.optional().describe('Name or id; a new name makes a new project. "imported" when absent.'),
};

/** In the address. A form may have the same as fields, which win, and `mapping` besides. */
export const ImportQuery = z.strictObject(options);
export const ImportFields = z.strictObject({ ...options, mapping: Mappings.optional() });

export const ImportRefusal = z.strictObject({
  row: z
    .int()
    .describe("The line of a text file, the record of an event file, the entry of a JSON list, from 1."),
  field: z.string().nullable(),
  reason: z.string(),
});
export type ImportRefusal = z.infer<typeof ImportRefusal>;

export const ImportColumn = z.strictObject({
  name: z.string(),
  numeric: z.boolean().describe("false: text in all of the first rows."),
  sample: z.array(z.string()).describe("Its first values, as written."),
});
export type ImportColumn = z.infer<typeof ImportColumn>;

export const UsedMapping = z.strictObject({
  step: z.string().nullable().describe("null with an epoch: the epoch counts as the step."),
  epoch: z.string().nullable(),
  time: z.string().nullable(),
  lr: z.string().nullable(),
  metrics: z.array(z.string()),
});
export type UsedMapping = z.infer<typeof UsedMapping>;

export const ImportedFile = z.strictObject({
  path: z.string(),
  bytes: z.int(),
  format: ImportFormat.nullable().describe("null: not recognised."),
  run: z.int().nullable().describe("Place in `runs`; null when the file made none."),
  rows_read: z.int(),
  rows_refused: z.int(),
  refusals: z.array(ImportRefusal),
  warnings: z.array(z.string()),
  columns: z.array(ImportColumn).describe("Of a table; empty for an event file."),
  mapping: UsedMapping.nullable(),
});
export type ImportedFile = z.infer<typeof ImportedFile>;

export const ImportOutcome = z.enum(["created", "completed", "unchanged", "refused"]);
export type ImportOutcome = z.infer<typeof ImportOutcome>;

export const ImportedRun = z.strictObject({
  id: Id.nullable().describe("null in a dry run into a project that is not there yet."),
  name: z.string(),
  outcome: ImportOutcome.describe(
    "completed: an import that was cut off is gone on with. unchanged: these very files are there already.",
  ),
  reason: z.string().nullable().describe("Why it was refused."),
  points: z.int(),
  values: z.int(),
  last_step: Step.nullable(),
  lr_metric: MetricKey.nullable(),
  preview: z.array(z.strictObject({ step: Step, metrics: z.record(z.string(), WireNumber) })),
});
export type ImportedRun = z.infer<typeof ImportedRun>;

export const ImportResponse = z.strictObject({
  dry_run: z.boolean(),
  project: z.strictObject({ id: Id.nullable(), name: z.string() }),
  runs: z.array(ImportedRun),
  files: z.array(ImportedFile),
});
export type ImportResponse = z.infer<typeof ImportResponse>;
