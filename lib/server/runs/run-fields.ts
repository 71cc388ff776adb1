import "server-only";
import type { RunField, RunFieldsQuery } from "@/lib/contracts/runs";
import { type Field, printField } from "@/lib/domain/query/fields";
import { leavesOf, scalarOf } from "@/lib/domain/query/path";
import { type Ctx, requireScope } from "../context";
import { visibleRuns } from "./run-filter";

/** So many of the newest runs are looked at: what they hold is what a reader looks for. */
const LOOKED_AT = 1000;
const MAX_FIELDS = 500;
const MAX_VALUES = 12;
const LONGEST_VALUE = 60;

/** What the newest runs' configurations and schedules hold, the fields that most of them have first. */
export async function listRunFields(ctx: Ctx, { project }: RunFieldsQuery): Promise<{ items: RunField[] }> {
  requireScope(ctx, "runs:read");
  const runs = await ctx.db.prisma.run.findMany({
    where: visibleRuns(project),
    select: { config: true, schedule: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: LOOKED_AT,
  });
  const counts = new Map<string, Map<string, number>>();
  for (const { config, schedule } of runs) {
    count(counts, "config", config);
    if (schedule !== null) count(counts, "schedule", schedule);
  }
  const items = [...counts].map(([field, values]) => ({
    field,
    runs: [...values.values()].reduce((sum, n) => sum + n, 0),
    values: [...values]
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .map(([value]) => value)
      .filter((value) => value.length <= LONGEST_VALUE)
      .slice(0, MAX_VALUES),
  }));
  items.sort((a, b) => b.runs - a.runs || (a.field < b.field ? -1 : 1));
  return { items: items.slice(0, MAX_FIELDS) };
}

function count(counts: Map<string, Map<string, number>>, kind: "config" | "schedule", json: string): void {
  for (const { path, value } of leavesOf(JSON.parse(json))) {
    const scalar = scalarOf(value);
    if (scalar === null) continue;
    const field: Field = { kind, path };
    const name = printField(field);
    const values = counts.get(name) ?? new Map<string, number>();
    values.set(String(scalar), (values.get(String(scalar)) ?? 0) + 1);
    counts.set(name, values);
  }
}
