import { z } from "zod";
import { endpoint } from "../endpoint";
import { ProjectExportQuery, RunExportQuery } from "../exports";
import { ImportQuery, ImportResponse } from "../imports";
import { ProjectParams } from "../projects";
import { RunParams } from "../runs";

const tag = "imports";

export const importRuns = endpoint({
  method: "POST",
  path: "/imports",
  tag,
  summary: "Make runs from files of other tools",
  description:
    "multipart/form-data with files, and fields `project`, `dry_run`, `mapping` (JSON); or application/x-ndjson with a point a line. TensorBoard event files, trainer_state.json, Keras CSVLogger, Lightning metrics.csv, timm summary.csv, JSONL, any CSV with a step or an epoch. At most 256 MiB and 500 files. The same files again change nothing.",
  query: ImportQuery,
  responses: { 200: ImportResponse },
});

export const exportRun = endpoint({
  method: "GET",
  path: "/runs/{run_id}/export",
  tag,
  summary: "Every observation of a run, as CSV or JSONL",
  description:
    "A row for each step and time. JSONL begins with what was declared of the run, and can be imported again.",
  params: RunParams,
  query: RunExportQuery,
  responses: { 200: z.string() },
  produces: "text/csv",
});

export const exportProject = endpoint({
  method: "GET",
  path: "/projects/{project_id}/export",
  tag,
  summary: "Every observation of a project's runs, as CSV",
  description: "A row for each value: run_id, run, group, seed, step, epoch, time, metric, value.",
  params: ProjectParams,
  query: ProjectExportQuery,
  responses: { 200: z.string() },
  produces: "text/csv",
});
