import { endpoint } from "../endpoint";
import {
  BulkBody,
  BulkResponse,
  CreateRunBody,
  FinishRunBody,
  ListRunsQuery,
  Run,
  RunFields,
  RunFieldsQuery,
  RunPage,
  RunParams,
  RunTable,
  RunTableQuery,
  UpdateRunBody,
} from "../runs";

const tag = "runs";
/** A config of many thousand keys still fits. */
const MAX_BODY = 4 * 1024 * 1024;

export const createRun = endpoint({
  method: "POST",
  path: "/runs",
  tag,
  summary: "Start a run, or go on with one",
  description:
    "Creates the project when it is new. 200 instead of 201 when the run was there and is gone on with.",
  body: CreateRunBody,
  maxBody: MAX_BODY,
  responses: { 201: Run, 200: Run },
});

export const listRuns = endpoint({
  method: "GET",
  path: "/runs",
  tag,
  summary: "Runs, filtered and sorted",
  query: ListRunsQuery,
  responses: { 200: RunPage },
});

export const runTable = endpoint({
  method: "GET",
  path: "/runs/table",
  tag,
  summary: "Many runs as a table, column by column",
  description:
    "Ten thousand runs in one answer: what a table shows of each, and the fields that `columns` names.",
  query: RunTableQuery,
  responses: { 200: RunTable },
});

export const runFields = endpoint({
  method: "GET",
  path: "/runs/fields",
  tag,
  summary: "What the runs' configurations and schedules hold: fields to filter, sort and show",
  query: RunFieldsQuery,
  responses: { 200: RunFields },
});

export const bulkRuns = endpoint({
  method: "POST",
  path: "/runs/bulk",
  tag,
  summary: "Tag, archive, delete or restore several runs, all or none",
  body: BulkBody,
  responses: { 200: BulkResponse },
});

export const getRun = endpoint({
  method: "GET",
  path: "/runs/{run_id}",
  tag,
  summary: "A run with the latest figures of its metrics",
  params: RunParams,
  responses: { 200: Run },
});

export const updateRun = endpoint({
  method: "PATCH",
  path: "/runs/{run_id}",
  tag,
  summary: "Change what was declared of a run",
  params: RunParams,
  body: UpdateRunBody,
  maxBody: MAX_BODY,
  responses: { 200: Run },
});

export const deleteRun = endpoint({
  method: "DELETE",
  path: "/runs/{run_id}",
  tag,
  summary: "Delete a run; restorable for 30 days",
  params: RunParams,
  responses: { 204: null },
});

export const restoreRun = endpoint({
  method: "POST",
  path: "/runs/{run_id}/restore",
  tag,
  summary: "Bring a deleted run back, and its project where that was deleted",
  params: RunParams,
  responses: { 200: Run },
});

export const finishRun = endpoint({
  method: "POST",
  path: "/runs/{run_id}/finish",
  tag,
  summary: "End a run",
  params: RunParams,
  body: FinishRunBody,
  bodyOptional: true,
  responses: { 200: Run },
});
