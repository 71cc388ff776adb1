import "server-only";
import { createHash } from "node:crypto";
import type { z } from "zod";
import {
  ImportFields,
  type ImportedFile,
  type ImportedRun,
  type ImportQuery,
  type ImportResponse,
} from "@/lib/contracts/imports";
import { type Ctx, requireScope } from "../context";
import { invalid, ServiceError } from "../errors";
import { validate } from "../http/validate";
import { findProject } from "../projects/get-project";
import { projectForRun } from "../projects/write-project";
import { withTransaction } from "../transaction";
import { runLong } from "../work/run-task";
import { type Group, nameAfter, type ReadableGroup } from "./open-sources";
import type { ScannedGroup } from "./read-group";
import { addWarning, type ReportFacts } from "./report";
import { type SpooledFile, type Upload, withUpload } from "./upload";
import { foresee, writeImported } from "./write-imported";

const DEFAULT_PROJECT = "imported";

interface Into {
  id: string | null;
  name: string;
}

/**
 * Makes runs of the files that a request brings, or says what would become of them. Every source is read to its end
 * before its run is made, so a file that holds nothing readable leaves no trace; rows that cannot be read are refused one
 * by one. A run's id follows from what its files hold, so the same files again change nothing.
 */
export async function importRuns(
  ctx: Ctx,
  query: z.output<typeof ImportQuery>,
  request: Request,
): Promise<ImportResponse> {
  requireScope(ctx, "metrics:write");
  return withUpload(request, async ({ fields, files }: Upload) => {
    const options = { ...query, ...validate(ImportFields, fields) };
    if (files.length === 0) throw invalid("files", "there is none");
    const dryRun = options.dry_run === "1";
    const sent = { files, mappings: options.mapping ?? {} };
    const groups = await runLong("groupImport", sent, { signal: ctx.signal });
    const project = await existing(ctx, options.project ?? DEFAULT_PROJECT);
    const answer: ImportResponse = { dry_run: dryRun, project, runs: [], files: [] };
    for (const group of groups) await importGroup(ctx, group, answer);
    return answer;
  });
}

async function existing(ctx: Ctx, idOrName: string): Promise<Into> {
  requireScope(ctx, "runs:write");
  try {
    const { id, name } = await findProject(ctx.db, idOrName);
    return { id, name };
  } catch (error) {
    if (error instanceof ServiceError && error.code === "not_found") return { id: null, name: idOrName };
    throw error;
  }
}

/** A new project is made with its first run: files that hold none leave no trace. */
async function made(ctx: Ctx, { name }: Into): Promise<Into> {
  requireScope(ctx, "runs:write");
  const project = await withTransaction(ctx, (tx) => projectForRun(tx, name, new Date()));
  return { id: project.id, name: project.name };
}

async function importGroup(ctx: Ctx, group: Group, answer: ImportResponse): Promise<void> {
  if (group.format === null) {
    answer.files.push(...group.files.map((file) => fileWithout(file, null, group.reason)));
    return;
  }
  try {
    const scanned = await runLong("scanImport", group, { signal: ctx.signal });
    const run = scanned.points === 0 ? null : await runOf(ctx, { group, scanned }, answer);
    if (run) answer.runs.push(run);
    const place = run ? answer.runs.length - 1 : null;
    for (const [file, report] of scanned.reports) {
      if (!run) addWarning(report, whyEmpty(scanned, report));
      const note = group.notes?.get(file.at);
      if (note) addWarning(report, note);
      answer.files.push(fileOf(file, scanned, report, place));
    }
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== "invalid_parameters") throw error;
    answer.files.push(...group.files.map((file) => fileWithout(file, group.format, error.message)));
  }
}

function whyEmpty({ format, coordinates }: ScannedGroup, { rowsRead, rowsRefused }: ReportFacts): string {
  if (format !== "tfevents" && coordinates.step === null && coordinates.epoch === null) {
    return "no column holds the step: say which one does";
  }
  return rowsRead + rowsRefused === 0 ? "it holds no values" : "no row of it could be used";
}

interface Candidate {
  group: ReadableGroup;
  scanned: ScannedGroup;
}

async function runOf(ctx: Ctx, { group, scanned }: Candidate, answer: ImportResponse): Promise<ImportedRun> {
  if (!answer.dry_run && answer.project.id === null) answer.project = await made(ctx, answer.project);
  const { project, dry_run: dryRun } = answer;
  const [file] = scanned.files;
  const { points, values, lastStep, preview, mapping, declared } = scanned;
  const name = group.said.name ?? declared.name ?? nameAfter(file?.path ?? "");
  const id = project.id === null ? null : runId(project.id, group);
  const verdict =
    dryRun || id === null || project.id === null
      ? await foresee(ctx, id)
      : await writeImported(ctx, { id, name, projectId: project.id, lrMetric: mapping.lr }, group, scanned);
  return { id, name, ...verdict, points, values, last_step: lastStep, lr_metric: mapping.lr, preview };
}

const ID_DIGITS = 32;

/** The same files read in the same way, into the same project, are the same run; what it is called does not matter. */
function runId(projectId: string, { files, format, said }: ReadableGroup): string {
  const { step, epoch, time, lr, metrics } = said;
  const way = [step, epoch, time, lr, metrics].map((part) => part ?? (part === null ? 0 : 1));
  const content = files.map(({ sha256 }) => sha256).sort();
  const hash = createHash("sha256").update(JSON.stringify([projectId, format, way, content]));
  return `import-${hash.digest("hex").slice(0, ID_DIGITS)}`;
}

function fileOf(
  { path, bytes }: SpooledFile,
  { format, columns, mapping }: ScannedGroup,
  { rowsRead, rowsRefused, refusals, warnings }: ReportFacts,
  run: number | null,
): ImportedFile {
  const rows = { rows_read: rowsRead, rows_refused: rowsRefused, refusals, warnings };
  return { path, bytes, format, run, ...rows, columns: [...columns], mapping };
}

function fileWithout(
  { path, bytes }: SpooledFile,
  format: ImportedFile["format"],
  reason: string,
): ImportedFile {
  const rows = { rows_read: 0, rows_refused: 0, refusals: [], warnings: [reason] };
  return { path, bytes, format, run: null, ...rows, columns: [], mapping: null };
}
