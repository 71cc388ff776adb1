import "server-only";
import { toWire } from "@/lib/contracts/wire-number";
import type { ExportedRun } from "@/lib/contracts/exports";
import type { Run } from "@/lib/contracts/runs";
import { type Ctx, requireScope } from "../context";
import type { MetricStore } from "../metrics/store";
import { storeOn } from "../metrics/store-on";
import { findRun } from "../runs/get-run";
import { toWireRun } from "../runs/serialize";
import { csvLine } from "./csv-text";
import { download } from "./download";
import { mergedRows } from "./merge-rows";

type Series = Parameters<typeof mergedRows>[1];

/** Every observation of a run, superseded ones too. @throws ServiceError not_found */
export async function exportRun(ctx: Ctx, runId: string, format: "csv" | "jsonl"): Promise<Response> {
  requireScope(ctx, "runs:read");
  const run = toWireRun(await findRun(ctx.db, runId));
  const store = storeOn(ctx.db);
  const series = await ctx.db.prisma.series.findMany({
    where: { runId },
    select: { id: true, key: true, lastStep: true },
    orderBy: { key: "asc" },
  });
  return format === "jsonl"
    ? download(jsonlOf(run, store, series), `${run.name}.jsonl`, "application/x-ndjson")
    : download(csvOf(store, series), `${run.name}.csv`, "text/csv");
}

const COORDINATES: readonly string[] = ["step", "epoch", "time"];

/** A metric that is called like a coordinate gets a prefix. */
const columnName = (key: string): string => (COORDINATES.includes(key) ? `metric:${key}` : key);

async function* csvOf(store: MetricStore, series: Series): AsyncGenerator<string> {
  yield csvLine([...COORDINATES, ...series.map(({ key }) => columnName(key))]);
  const places = new Map(series.map(({ key }, i) => [key, i]));
  for await (const { step, epoch, time, values } of mergedRows(store, series)) {
    const cells = new Array<number | null>(series.length).fill(null);
    for (const [key, value] of values) cells[places.get(key) ?? 0] = value;
    yield csvLine([step, epoch, time, ...cells]);
  }
}

async function* jsonlOf(run: Run, store: MetricStore, series: Series): AsyncGenerator<string> {
  const line: ExportedRun = { lrscope: 1, run: declaredOf(run) };
  yield `${JSON.stringify(line)}\n`;
  for await (const { step, epoch, time, values } of mergedRows(store, series)) {
    const metrics = Object.fromEntries(values.map(([key, value]) => [key, toWire(value)]));
    yield `${JSON.stringify({ step, ...(epoch === null ? {} : { epoch }), time, metrics })}\n`;
  }
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
