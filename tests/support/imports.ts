import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { POST } from "@/app/api/v1/imports/route";
import { GET as exportRoute } from "@/app/api/v1/runs/[run_id]/export/route";
import * as api from "@/lib/contracts/endpoints/imports";
import type { ImportMappings, ImportResponse } from "@/lib/contracts/imports";
import { call, ok, requestFor } from "./api";
import { metricsOf, readRaw } from "./seed";

export type Sent = Record<string, string | Uint8Array>;

export interface Options {
  project?: string;
  mapping?: ImportMappings;
  dry_run?: "0" | "1";
}

/** A form as a browser sends it: its bytes, and the content type with the boundary. */
async function formOf(files: Sent, { mapping, ...fields }: Options) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  if (mapping) form.set("mapping", JSON.stringify(mapping));
  for (const [name, content] of Object.entries(files))
    form.append("file", new Blob([Buffer.from(content)]), name);
  const response = new Response(form);
  return {
    body: await response.blob(),
    headers: { "content-type": response.headers.get("content-type") ?? "" },
  };
}

export const tryImport = async (files: Sent, options: Options = {}) =>
  call(POST, api.importRuns, await formOf(files, options));

export const importFiles = async (files: Sent, options: Options = {}): Promise<ImportResponse> =>
  ok(POST, api.importRuns, await formOf(files, options));

/** The one run that the files made. */
export async function importOne(files: Sent, options: Options = {}) {
  const answer = await importFiles(files, options);
  const [run] = answer.runs;
  const [file] = answer.files;
  if (answer.runs.length !== 1 || !run?.id || !file) throw new Error(JSON.stringify(answer));
  return { id: run.id, run, file, answer };
}

/** Every observation of a run as logged, by metric: step, value, time, epoch. */
export async function observationsOf(runId: string) {
  const found: Record<string, (readonly [number, number | string, number, number | null])[]> = {};
  for (const { key } of await metricsOf(runId)) {
    const rows = await readRaw(runId, key, { limit: 10_000 });
    found[key] = rows.map(({ step, value, time, epoch }) => [step, value, time, epoch] as const);
  }
  return found;
}

export async function exportText(run_id: string, format: "csv" | "jsonl"): Promise<string> {
  const request = requestFor(api.exportRun, { params: { run_id }, query: { format } });
  return (await exportRoute(request, { params: Promise.resolve({ run_id }) })).text();
}

/** The files below a folder, by their path under it. */
export function filesIn(folder: string, under = folder): Sent {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(under, file), new Uint8Array(readFileSync(file))]),
  );
}
