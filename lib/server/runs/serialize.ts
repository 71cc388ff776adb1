import "server-only";
import { JsonObject } from "@/lib/contracts/common";
import { toWire } from "@/lib/contracts/wire-number";
import { type Run, RunStatus } from "@/lib/contracts/runs";
import { decodeValue } from "@/lib/domain/metrics/nonfinite";
import { livenessOf } from "@/lib/domain/runs/liveness";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { heardOf } from "../heard";
import { storedSchedule } from "../schedules/declared-lr";
import { parseStored } from "../stored-json";
import { storedVerdict } from "./stored-verdict";
import type { Summarised } from "./with-series";

export const RUN_INCLUDE = {
  project: { select: { id: true, name: true } },
  tags: { select: { tag: true }, orderBy: { tag: "asc" } },
} as const satisfies Prisma.RunInclude;

/** A run with as many of its metrics as its summary holds. */
export type RunRow = Prisma.RunGetPayload<{ include: typeof RUN_INCLUDE }> & Summarised;

const summaryOf = (series: RunRow["series"]): Run["summary"] =>
  Object.fromEntries(
    series.map(({ key, last, lastNonfinite, lastStep, min, max }) => [
      key,
      { last: toWire(decodeValue(last, lastNonfinite)), min, max, step: lastStep },
    ]),
  );

/** Declared, else inferred; `schedule_source` says which. */
function scheduleOf({ schedule, inferred }: RunRow): Run["schedule"] {
  const text = schedule ?? inferred;
  return text === null ? null : storedSchedule(text);
}

export function toWireRun(row: RunRow): Run {
  return {
    id: row.id,
    project: row.project,
    name: row.name,
    status: RunStatus.parse(row.status),
    group: row.group,
    seed: row.seed,
    tags: row.tags.map(({ tag }) => tag),
    config: parseStored(JsonObject, row.config),
    notes: row.notes,
    schedule: scheduleOf(row),
    schedule_source: row.schedule !== null ? "declared" : row.inferred !== null ? "inferred" : null,
    schedule_family: row.scheduleFamily,
    lr_metric: row.lrMetric,
    verdict: storedVerdict(row),
    total_steps: row.totalSteps,
    steps_per_epoch: row.stepsPerEpoch,
    created_at: row.createdAt.toISOString(),
    started_at: row.startedAt.toISOString(),
    ended_at: row.endedAt?.toISOString() ?? null,
    last_logged_at: row.lastLoggedAt?.toISOString() ?? null,
    log_gap: row.logGap,
    liveness: livenessOf(heardOf(row), Date.now()),
    archived_at: row.archivedAt?.toISOString() ?? null,
    last_step: row.lastStep,
    summary: summaryOf(row.series),
    summary_of: row.metrics > row.series.length ? row.metrics : undefined,
  };
}
