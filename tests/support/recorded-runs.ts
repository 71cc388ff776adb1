import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { type AuditInput, auditLr } from "@/lib/domain/audit/audit";
import type { LrPoint } from "@/lib/domain/audit/report";
import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";

/** Recorded trainings beside the repository; absent on most machines. */
const ROOT = fileURLToPath(new URL("../../../shared/data", import.meta.url));

export const recordedRuns = (folder: string): string[] | null =>
  existsSync(`${ROOT}/${folder}`)
    ? readdirSync(`${ROOT}/${folder}`).map((file) => `${folder}/${file}`)
    : null;

interface Scheduler {
  constructor: string | null;
  kwargs: Record<string, unknown>;
}
interface Header extends Partial<Record<"name", string>> {
  schedule: (Scheduler & { base_lr: number; unit: "step" | "epoch"; monitor?: string }) | null;
  config: { steps_per_epoch?: number; total_steps?: number };
}
interface Row {
  step: number;
  epoch?: number;
  metrics?: Record<string, number | string>;
}

/** The lines of a run: what was declared, then what was logged (a torn last line is left out). */
export function readRun(file: string): { header: Header; rows: Row[] } {
  const lines = gunzipSync(readFileSync(`${ROOT}/${file}`))
    .toString("utf8")
    .split("\n");
  const parsed = lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
  return { header: parsed[0] as Header, rows: parsed.slice(1) as Row[] };
}

/** The latest LR of each step. */
export function lrLog(rows: readonly Row[], key = "lr"): LrPoint[] {
  const latest = new Map<number, LrPoint>();
  for (const { step, epoch = null, metrics } of rows) {
    const lr = metrics?.[key];
    if (typeof lr === "number") latest.set(step, { step, lr, epoch });
  }
  return [...latest.values()].sort((a, b) => a.step - b.step);
}

function metricLog(rows: readonly Row[], key: string) {
  const latest = new Map<number, number>();
  for (const { step, metrics } of rows)
    if (metrics?.[key] !== undefined) latest.set(step, Number(metrics[key]));
  return [...latest].sort(([a], [b]) => a - b).map(([step, value]) => ({ step, value }));
}

/** The run's torch scheduler in the words of the wire. */
export function torchDeclared({ schedule }: Header): DeclaredSchedule | null {
  if (!schedule) return null;
  const { constructor, kwargs, base_lr, unit, monitor } = schedule;
  if (constructor === null) return { kind: "constant", value: base_lr };
  return {
    library: "torch",
    constructor,
    kwargs,
    base_lrs: [base_lr],
    stepping: { unit },
    ...(monitor ? { monitor } : {}),
  };
}

export function auditInput(file: string, declare = torchDeclared): AuditInput | null {
  const { header, rows } = readRun(file);
  const declared = declare(header);
  if (!declared) return null;
  const stepsPerEpoch = header.config.steps_per_epoch ?? 1;
  const totalSteps = header.config.total_steps;
  const monitor = header.schedule?.monitor;
  return {
    log: lrLog(rows),
    declared,
    compiled: compileDeclared(declared, { stepsPerEpoch, totalSteps }),
    stepsPerEpoch,
    totalSteps,
    metric: monitor ? metricLog(rows, monitor) : undefined,
  };
}

export const auditRecorded = (file: string, declare = torchDeclared) => {
  const input = auditInput(file, declare);
  return input && auditLr(input);
};
