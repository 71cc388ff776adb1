import "server-only";
import { JsonObject } from "@/lib/contracts/common";
import { type CompareQuestion, MAX_COMPARED } from "@/lib/contracts/compare";
import { RunStatus } from "@/lib/contracts/runs";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { type Ctx, requireScope } from "../context";
import { inChunks } from "../db/chunks";
import { notFound } from "../errors";
import { toBucket } from "../metrics/bucket-columns";
import type { SeriesRow } from "../metrics/store";
import { parseStored } from "../stored-json";

export type Which = Pick<CompareQuestion, "runs" | "project" | "projects">;

const SELECT = {
  id: true,
  name: true,
  status: true,
  group: true,
  seed: true,
  config: true,
  schedule: true,
  inferred: true,
  scheduleFamily: true,
  lrMetric: true,
  totalSteps: true,
  lastStep: true,
  stepsPerEpoch: true,
  startedAt: true,
  project: { select: { id: true, name: true } },
  tags: { select: { tag: true }, orderBy: { tag: "asc" } },
  series: { select: { key: true, min: true, max: true } },
} as const satisfies Prisma.RunSelect;

type Row = Prisma.RunGetPayload<{ select: typeof SELECT }>;

export interface LoadedRun extends Omit<Row, "config" | "tags" | "status" | "series"> {
  status: RunStatus;
  config: JsonObject;
  tags: string[];
  /** The metric that holds its LR; null when it logs none. */
  lrKey: string | null;
}

export interface Loaded {
  runs: LoadedRun[];
  /** Every key that any of the runs logged, those of most runs first. */
  metrics: string[];
  /** What could not be loaded, in sentences. */
  notes: string[];
}

/**
 * The runs that a comparison is of, in the order asked for, or newest first. At most 1000.
 * @throws ServiceError not_found for a project, and when none of the runs exists
 */
export async function loadRuns(ctx: Ctx, which: Which): Promise<Loaded> {
  requireScope(ctx, "runs:read");
  const asked = which.runs ? [...new Set(which.runs)] : await newestIn(ctx, which);
  const rows = await inChunks(asked.slice(0, MAX_COMPARED), (ids) =>
    ctx.db.prisma.run.findMany({ where: { ...ALIVE, id: { in: ids } }, select: SELECT }),
  );
  const notes: string[] = [];
  if (which.runs && rows.length === 0)
    throw notFound(which.runs.length === 1 ? `run ${which.runs[0]}` : "none of the runs");
  if (which.runs && asked.length > rows.length)
    notes.push(`${asked.length - rows.length} of ${asked.length} runs no longer exist.`);
  if (asked.length > MAX_COMPARED) notes.push(`Only the newest ${MAX_COMPARED} runs are compared.`);
  const place = new Map(asked.map((id, i) => [id, i]));
  const ordered = rows.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  return { runs: ordered.map(toLoaded), metrics: keysOf(ordered), notes };
}

const ALIVE = { deletedAt: null, project: { deletedAt: null } };

/** One more than are compared, to know whether some are left out. */
async function newestIn(ctx: Ctx, which: Which): Promise<string[]> {
  const rows = await ctx.db.prisma.run.findMany({
    where: await inProjects(ctx, which),
    select: { id: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MAX_COMPARED + 1,
  });
  return rows.map(({ id }) => id);
}

async function inProjects(ctx: Ctx, { project, projects }: Which): Promise<Prisma.RunWhereInput> {
  const names = projects ?? (project === undefined ? [] : [project]);
  const found = await ctx.db.prisma.project.findMany({
    where: { deletedAt: null, OR: [{ id: { in: names } }, { name: { in: names } }] },
    select: { id: true, name: true },
  });
  const lost = names.find((name) => !found.some((one) => one.id === name || one.name === name));
  if (lost !== undefined) throw notFound(`project ${lost}`);
  return { ...ALIVE, projectId: { in: found.map(({ id }) => id) } };
}

function toLoaded({ series, tags, config, status, ...row }: Row): LoadedRun {
  return {
    ...row,
    status: RunStatus.parse(status),
    config: parseStored(JsonObject, config),
    tags: tags.map(({ tag }) => tag),
    lrKey: row.lrMetric ?? findLrKey(series),
  };
}

function keysOf(rows: readonly Row[]): string[] {
  const counts = new Map<string, number>();
  for (const { series } of rows) for (const { key } of series) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([key]) => key);
}

/** The whole-series figures of some metrics, by run and key. */
export async function loadSeries(
  ctx: Ctx,
  runs: readonly LoadedRun[],
  keys: readonly string[],
): Promise<(runId: string, key: string | null) => SeriesRow | undefined> {
  const ids = runs.map(({ id }) => id);
  const rows = await inChunks([...new Set(keys)], (some) =>
    inChunks(ids, (part) =>
      ctx.db.prisma.series.findMany({ where: { runId: { in: part }, key: { in: some } } }),
    ),
  );
  const found = new Map(
    rows.map((row) => [
      `${row.runId}\n${row.key}`,
      { id: row.id, key: row.key, observations: row.observations, ...toBucket(row) },
    ]),
  );
  return (runId, key) => found.get(`${runId}\n${key}`);
}

export const lrKeysOf = (runs: readonly LoadedRun[]): string[] =>
  runs.flatMap(({ lrKey }) => (lrKey === null ? [] : [lrKey]));
