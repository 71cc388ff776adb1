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
import { type Group, groupFiles, nameAfter, openSource } from "./open-sources";
import type { Report } from "./report";
import { type Scan, scan, usedMapping } from "./scan";
import type { Source } from "./source";
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
    const groups = await groupFiles(files, options.mapping ?? {});
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
    const source = await openSource(group.files, group.format, group.said);
    const scanned = await scan(source);
    const mapping = usedMapping(source, scanned, group.said);
    const run = scanned.points === 0 ? null : await runOf(ctx, { group, source, scanned, mapping }, answer);
    if (run) answer.runs.push(run);
    const place = run ? answer.runs.length - 1 : null;
    for (const [file, report] of scanned.reports) {
      if (!run) report.warn(whyEmpty(source, report));
      const note = group.notes?.get(file);
      if (note) report.warn(note);
      answer.files.push(fileOf(file, source, report, place, mapping));
    }
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== "invalid_parameters") throw error;
    answer.files.push(...group.files.map((file) => fileWithout(file, group.format, error.message)));
  }
}

function whyEmpty({ format, coordinates }: Source, { rowsRead, rowsRefused }: Report): string {
  if (format !== "tfevents" && coordinates.step === null && coordinates.epoch === null) {
    return "no column holds the step: say which one does";
  }
  return rowsRead + rowsRefused === 0 ? "it holds no values" : "no row of it could be used";
}

interface Candidate {
  group: Extract<Group, { said: object }>;
  source: Source;
  scanned: Scan;
  mapping: { lr: string | null };
}

async function runOf(ctx: Ctx, candidate: Candidate, answer: ImportResponse): Promise<ImportedRun> {
  const { group, source, scanned, mapping } = candidate;
  if (!answer.dry_run && answer.project.id === null) answer.project = await made(ctx, answer.project);
  const { project, dry_run: dryRun } = answer;
  const [file] = source.files;
  const name = group.said.name ?? source.declared.name ?? nameAfter(file?.path ?? "");
  const id = project.id === null ? null : runId(project.id, group);
  const target = { id, name, projectId: project.id, lrMetric: mapping.lr };
  const verdict =
    dryRun || target.id === null || target.projectId === null
      ? await foresee(ctx, id)
      : await writeImported(ctx, { ...target, id: target.id, projectId: target.projectId }, source, scanned);
  const { points, values, lastStep, preview } = scanned;
  return { id, name, ...verdict, points, values, last_step: lastStep, lr_metric: mapping.lr, preview };
}

const ID_DIGITS = 32;

/** The same files read in the same way, into the same project, are the same run; what it is called does not matter. */
function runId(projectId: string, { files, format, said }: Candidate["group"]): string {
  const { step, epoch, time, lr, metrics } = said;
  const way = [step, epoch, time, lr, metrics].map((part) => part ?? (part === null ? 0 : 1));
  const content = files.map(({ sha256 }) => sha256).sort();
  const hash = createHash("sha256").update(JSON.stringify([projectId, format, way, content]));
  return `import-${hash.digest("hex").slice(0, ID_DIGITS)}`;
}

function fileOf(
  { path, bytes }: SpooledFile,
  { format, columns }: Source,
  { rowsRead, rowsRefused, refusals, warnings }: Report,
  run: number | null,
  mapping: ImportedFile["mapping"],
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
