import "server-only";
import { z } from "zod";
import { toWire } from "@/lib/contracts/wire-number";
import { type Cell, RunStatus, type RunTable, type RunTableQuery } from "@/lib/contracts/runs";
import { predicateOf, TEXT_FIELDS, type Value } from "@/lib/domain/query/evaluate";
import { type Field, named, printField } from "@/lib/domain/query/fields";
import { fieldsOf, mentionsArchived } from "@/lib/domain/query/query";
import { parseFields } from "@/lib/domain/query/read-field";
import { type Ctx, requireScope } from "../context";
import { inChunks } from "../db/chunks";
import { needsMetrics } from "@/lib/domain/schedules/declared";
import { storedSchedule } from "../schedules/declared-lr";
import { type LoadedRow, loadRows, metricCounts } from "./load-rows";
import { compileQuery } from "./query-where";
import { filterQuery, visibleRuns } from "./run-filter";
import { storedVerdict } from "./stored-verdict";

const ALWAYS: readonly Field[] = [named("tag"), named("lr")];
const Source = z.enum(["declared", "inferred"]).nullable();

/** Everything that a table of runs shows, newest first, column by column. */
export async function runTable(ctx: Ctx, query: RunTableQuery): Promise<RunTable> {
  requireScope(ctx, "runs:read");
  const filter = filterQuery(query.filter);
  const asked = parseFields(query.columns);
  const scope = visibleRuns(query.project);
  const { where, exact } = compileQuery(filter);
  const narrowed = {
    AND: [scope, where, query.filter === undefined || mentionsArchived(filter) ? {} : { archivedAt: null }],
  };
  const fields = [...asked, ...ALWAYS, ...(exact ? [] : [...fieldsOf(filter), ...TEXT_FIELDS])];
  const loaded = await loadRows(ctx.db, {
    where: narrowed,
    fields,
    take: exact ? query.limit : undefined,
  });
  const test = predicateOf(filter);
  const passed = exact ? loaded : loaded.filter(({ read }) => test(read));
  const rows = passed.slice(0, query.limit);
  const projects = await projectsOf(ctx, rows);
  const schedules = dictionary(rows);
  return {
    total:
      exact && loaded.length === query.limit
        ? await ctx.db.prisma.run.count({ where: narrowed })
        : passed.length,
    projects,
    schedules: schedules.items,
    metrics: await metricCounts(ctx.db, narrowed),
    columns: columnsOf(rows, new Map(projects.map(({ id }, index) => [id, index])), schedules.places),
    values: Object.fromEntries(
      asked.map((field) => [printField(field), rows.map(({ read }) => cellOf(read(field)))]),
    ),
  };
}

const cellOf = (value: Value): Cell => {
  if (typeof value === "number") return toWire(value);
  return value === null || typeof value !== "object" ? value : value.join(", ");
};

async function projectsOf(ctx: Ctx, rows: readonly LoadedRow[]): Promise<RunTable["projects"]> {
  const ids = [...new Set(rows.map(({ run }) => run.projectId))];
  const found = await inChunks(ids, (some) =>
    ctx.db.prisma.project.findMany({
      where: { id: { in: some } },
      select: { id: true, name: true, _count: { select: { runs: { where: { deletedAt: null } } } } },
    }),
  );
  return found
    .map(({ id, name, _count }) => ({ id, name, runs: _count.runs }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Replicates share their schedule: each different one is sent once. */
function dictionary(rows: readonly LoadedRow[]) {
  const places = new Map<string, number>();
  const items: RunTable["schedules"] = [];
  for (const row of rows) {
    const { schedule, run } = row;
    if (schedule === null || places.has(keyOf(row))) continue;
    places.set(keyOf(row), items.length);
    const declared = storedSchedule(schedule);
    items.push({
      schedule: declared,
      total_steps: lengthOf(row),
      steps_per_epoch: run.stepsPerEpoch,
      follows_metric: needsMetrics(declared),
    });
  }
  return { items, places };
}

/** How many steps of the schedule to draw: what was planned, else what was done once nothing more comes. */
const lengthOf = ({ run }: LoadedRow): number | null =>
  run.totalSteps ?? (run.endedAt !== null && run.lastStep !== null ? run.lastStep + 1 : null);

const keyOf = (row: LoadedRow): string => `${lengthOf(row)} ${row.run.stepsPerEpoch} ${row.schedule}`;

function columnsOf(
  rows: readonly LoadedRow[],
  projects: ReadonlyMap<string, number>,
  schedules: ReadonlyMap<string, number>,
): RunTable["columns"] {
  const runs = rows.map(({ run }) => run);
  const verdicts = runs.map(storedVerdict);
  const iso = (time: Date | null) => time?.toISOString() ?? null;
  return {
    id: runs.map(({ id }) => id),
    project: runs.map(({ projectId }) => projects.get(projectId) ?? 0),
    place: runs.map(({ place }) => place),
    name: runs.map(({ name }) => name),
    status: runs.map(({ status }) => RunStatus.parse(status)),
    group: runs.map(({ group }) => group),
    seed: runs.map(({ seed }) => seed),
    tags: rows.map(({ tags }) => [...tags]),
    schedule: rows.map((row) => schedules.get(keyOf(row)) ?? null),
    schedule_family: runs.map(({ scheduleFamily }) => scheduleFamily),
    schedule_source: runs.map(({ scheduleSource }) => Source.parse(scheduleSource)),
    audit: verdicts.map(({ audit }) => audit),
    figure: verdicts.map(({ figure }) => figure),
    health: verdicts.map(({ health }) => health),
    plateau: verdicts.map(({ plateau }) => plateau),
    lr_metric: rows.map(({ lr, run }) => lr?.key ?? run.lrMetric),
    lr: rows.map(({ lr }) => (lr === null ? null : toWire(lr.last))),
    total_steps: runs.map(({ totalSteps }) => totalSteps),
    last_step: runs.map(({ lastStep }) => lastStep),
    created_at: runs.map(({ createdAt }) => createdAt.toISOString()),
    started_at: runs.map(({ startedAt }) => startedAt.toISOString()),
    ended_at: runs.map(({ endedAt }) => iso(endedAt)),
    last_logged_at: runs.map(({ lastLoggedAt }) => iso(lastLoggedAt)),
    log_gap: runs.map(({ logGap }) => logGap),
    archived_at: runs.map(({ archivedAt }) => iso(archivedAt)),
  };
}
