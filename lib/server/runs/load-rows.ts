import "server-only";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import { LR_NAME_PARTS } from "@/lib/domain/metrics/lr-name";
import { decodeValue } from "@/lib/domain/metrics/nonfinite";
import type { Read, Value } from "@/lib/domain/query/evaluate";
import type { Field, FieldName } from "@/lib/domain/query/fields";
import { scalarOf, valueAt } from "@/lib/domain/query/path";
import { livenessOf } from "@/lib/domain/runs/liveness";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { MOST_SUMMARISED } from "@/lib/contracts/words";
import { inChunks } from "../db/chunks";
import type { Reader } from "../db/database";
import { heardOf } from "../heard";
import { keyWithAny } from "../metrics/key-with-any";

const SERIES = { runId: true, key: true, last: true, lastNonfinite: true, min: true, max: true } as const;

/** Notes are long, and so may be the configuration. */
type Light = Prisma.RunGetPayload<{ omit: { notes: true; config: true } }>;
type Series = Prisma.SeriesGetPayload<{ select: typeof SERIES }>;

/** A run, as much of it as a table, a filter or an order needs. */
export interface LoadedRow {
  run: Light;
  tags: readonly string[];
  /** As stored, declared or else inferred. */
  schedule: string | null;
  lr: { key: string; last: number } | null;
  read: Read;
}

export interface Wanted {
  where: Prisma.RunWhereInput;
  /** What will be read; anything else reads as null. */
  fields: readonly Field[];
  take?: number;
}

/** Runs, newest first, in one query each for runs, tags and metrics, however many there are. */
export async function loadRows({ prisma }: Pick<Reader, "prisma">, wanted: Wanted): Promise<LoadedRow[]> {
  const { where, fields, take } = wanted;
  const runs = await prisma.run.findMany({
    where,
    omit: { notes: true, config: !fields.some(({ kind }) => kind === "config") },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take,
  });
  const of = relatedTo(runs, where);
  const projects = names(fields, "project") ? await projectNames(prisma, runs) : new Map<string, string>();
  const tags = names(fields, "tag") ? await tagsOf(prisma, of) : new Map<string, string[]>();
  const series = await seriesOf(prisma, of, fields, runs);
  const now = Date.now();
  return runs.map(({ config, ...run }) => {
    const own = series.get(run.id) ?? new Map<string, Series>();
    const lr = names(fields, "lr") ? lrOf(run.lrMetric, own) : null;
    const row = { run, tags: tags.get(run.id) ?? [], schedule: run.schedule ?? run.inferred ?? null, lr };
    const project = projects.get(run.projectId) ?? null;
    return { ...row, read: reader({ ...row, project, config: config ?? null, series: own }, now) };
  });
}

const names = (fields: readonly Field[], name: FieldName): boolean =>
  fields.some((field) => field.kind === "named" && field.name === name);

/** How other tables name these runs. */
type Related = { runId: { in: string[] } } | { run: Prisma.RunWhereInput };

/** So many ids fit into one statement everywhere, beside a part of a list of keys. */
const MOST_IDS = 500;

const relatedTo = (runs: readonly Light[], where: Prisma.RunWhereInput): Related =>
  runs.length <= MOST_IDS ? { runId: { in: runs.map(({ id }) => id) } } : { run: where };

type Prismas = Pick<Reader["prisma"], "project" | "runTag" | "series">;

async function projectNames(prisma: Prismas, runs: readonly Light[]): Promise<Map<string, string>> {
  const ids = [...new Set(runs.map(({ projectId }) => projectId))];
  const found = await inChunks(ids, (some) =>
    prisma.project.findMany({ where: { id: { in: some } }, select: { id: true, name: true } }),
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}

async function tagsOf(prisma: Prismas, of: Related): Promise<Map<string, string[]>> {
  const rows = await prisma.runTag.findMany({
    where: of,
    select: { runId: true, tag: true },
    orderBy: { tag: "asc" },
  });
  const byRun = new Map<string, string[]>();
  for (const { runId, tag } of rows) {
    const own = byRun.get(runId);
    if (own) own.push(tag);
    else byRun.set(runId, [tag]);
  }
  return byRun;
}

/** The metrics that are asked for, and those that may hold the LR. */
async function seriesOf(
  prisma: Prismas,
  of: Related,
  fields: readonly Field[],
  runs: readonly Light[],
): Promise<Map<string, Map<string, Series>>> {
  const keys = new Set(fields.flatMap((field) => (field.kind === "metric" ? [field.key] : [])));
  if (names(fields, "lr")) {
    for (const key of await maybeLrKeys(prisma, of)) if (findLrKey([{ key }]) !== null) keys.add(key);
    for (const { lrMetric } of runs) if (lrMetric !== null) keys.add(lrMetric);
  }
  const byRun = new Map<string, Map<string, Series>>();
  if (keys.size === 0) return byRun;
  const rows = await inChunks([...keys], (some) =>
    prisma.series.findMany({ where: { key: { in: some }, ...of }, select: SERIES }),
  );
  for (const row of rows) {
    const own = byRun.get(row.runId);
    if (own) own.set(row.key, row);
    else byRun.set(row.runId, new Map([[row.key, row]]));
  }
  return byRun;
}

/** Which metrics the runs logged, and how many runs each: those of the most runs. */
export async function metricCounts(
  { prisma }: { prisma: Prismas },
  where: Prisma.RunWhereInput,
): Promise<{ key: string; runs: number }[]> {
  const rows = await prisma.series.groupBy({
    by: ["key"],
    where: { run: where },
    _count: { _all: true },
    orderBy: [{ _count: { key: "desc" } }, { key: "asc" }],
    take: MOST_SUMMARISED,
  });
  return rows.map(({ key, _count }) => ({ key, runs: _count._all }));
}

async function maybeLrKeys(prisma: Prismas, of: Related): Promise<string[]> {
  const named = keyWithAny(LR_NAME_PARTS);
  const rows = await prisma.series.groupBy({ by: ["key"], where: { AND: [of, named] } });
  return rows.map(({ key }) => key);
}

function lrOf(declared: string | null, series: ReadonlyMap<string, Series>): LoadedRow["lr"] {
  const key = declared ?? findLrKey([...series.values()]);
  const found = key === null ? undefined : series.get(key);
  return key !== null && found ? { key, last: decodeValue(found.last, found.lastNonfinite) } : null;
}

interface Source {
  run: Light;
  tags: readonly string[];
  schedule: string | null;
  lr: LoadedRow["lr"];
  project: string | null;
  config: string | null;
  series: ReadonlyMap<string, Series>;
}

function reader(source: Source, now: number): Read {
  const config = lazily(source.config);
  const schedule = lazily(source.schedule);
  return (field) => {
    switch (field.kind) {
      case "named":
        return namedValue(source, field.name, now);
      case "config":
        return scalarOf(valueAt(config(), field.path));
      case "schedule":
        return scalarOf(valueAt(schedule(), field.path));
      case "metric": {
        const found = source.series.get(field.key);
        if (!found) return null;
        return field.stat === "last" ? decodeValue(found.last, found.lastNonfinite) : found[field.stat];
      }
    }
  };
}

function lazily(text: string | null): () => unknown {
  let parsed: { value: unknown } | undefined;
  return () => (parsed ??= { value: text === null ? undefined : JSON.parse(text) }).value;
}

const NAMED: Readonly<Record<FieldName, (source: Source, now: number) => Value>> = {
  name: ({ run }) => run.name,
  id: ({ run }) => run.id,
  project: ({ project }) => project,
  status: ({ run }) => run.status,
  group: ({ run }) => run.group,
  tag: ({ tags }) => tags,
  audit: ({ run }) => run.auditCode,
  health: ({ run }) => run.healthCode,
  plateau: ({ run }) => run.plateauState,
  seed: ({ run }) => run.seed,
  schedule: ({ run }) => run.scheduleFamily,
  source: ({ run }) => run.scheduleSource,
  lr: ({ lr }) => lr?.last ?? null,
  step: ({ run }) => run.lastStep,
  total_steps: ({ run }) => run.totalSteps,
  created: ({ run }) => run.createdAt.getTime(),
  started: ({ run }) => run.startedAt.getTime(),
  ended: ({ run }) => run.endedAt?.getTime() ?? null,
  duration: ({ run }, now) => Math.max(0, ((run.endedAt?.getTime() ?? now) - run.startedAt.getTime()) / 1000),
  silent: ({ run }, now) =>
    run.status === "running" ? (now - (run.lastLoggedAt ?? run.startedAt).getTime()) / 1000 : null,
  liveness: ({ run }, now) => livenessOf(heardOf(run), now),
  archived: ({ run }) => run.archivedAt !== null,
};

const namedValue = (source: Source, name: FieldName, now: number): Value => NAMED[name](source, now);
