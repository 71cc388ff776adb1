import "server-only";
import type { ExportedRun } from "@/lib/contracts/exports";
import type { Run } from "@/lib/contracts/runs";
import { type Ctx, requireScope } from "../context";
import { findRun } from "../runs/get-run";
import { toWireRun } from "../runs/serialize";
import { streamTask } from "../work/run-task";
import { download } from "./download";

/** Every observation of a run, superseded ones too. @throws ServiceError not_found */
export async function exportRun(ctx: Ctx, runId: string, format: "csv" | "jsonl"): Promise<Response> {
  requireScope(ctx, "runs:read");
  const run = toWireRun(await findRun(ctx.db, runId));
  const type = format === "jsonl" ? "application/x-ndjson" : "text/csv";
  const parts = streamTask(
    "exportRun",
    { format, declared: declaredOf(run), runId: run.id },
    { signal: ctx.signal },
  );
  return download(parts, `${run.name}.${format}`, type);
}

/** What was declared, as creating a run takes it, and how it ended. A schedule that was only inferred is found again. */
function declaredOf(run: Run): ExportedRun["run"] {
  const { name, group, seed, tags, config, notes, lr_metric, total_steps, steps_per_epoch } = run;
  const schedule = run.schedule_source === "declared" ? run.schedule : null;
  const declared = {
    name,
    group,
    seed,
    tags,
    config,
    notes,
    schedule,
    lr_metric,
    total_steps,
    steps_per_epoch,
  };
  const json: ExportedRun["run"] = JSON.parse(JSON.stringify(declared));
  return { ...json, status: run.status, started_at: run.started_at, ended_at: run.ended_at };
}
