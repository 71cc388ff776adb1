import "server-only";
import { z } from "zod";
import type { ListRunsQuery, Run } from "@/lib/contracts/runs";
import { type Ctx } from "../context";
import { CursorText, decodeCursor, encodeCursor } from "../http/cursor";
import { runFilter } from "./run-filter";
import { RUN_INCLUDE, toWireRun } from "./serialize";

const MetricKey = z.tuple([z.number().nullable(), CursorText]);
type Key = z.infer<typeof MetricKey>;
const Column = z.enum(["last", "min", "max"]);

const COLUMN = /:(min|max|last)$/;
const columnOf = (metric: string) => Column.parse(COLUMN.exec(metric)?.[1] ?? "last");

/**
 * Runs in order of a metric; those without a finite value come last in either order. The order is made of one light row
 * a run, so that a page costs one query over the filtered runs and one for what it shows.
 */
export async function listByMetric(
  ctx: Ctx,
  query: ListRunsQuery,
  metric: string,
  order: "asc" | "desc",
): Promise<{ items: Run[]; next_cursor: string | null }> {
  const key = metric.replace(COLUMN, "");
  const column = columnOf(metric);
  const light = await ctx.db.prisma.run.findMany({
    where: runFilter(query),
    select: {
      id: true,
      series: { where: { key }, select: { last: true, lastNonfinite: true, min: true, max: true } },
    },
  });
  const keys = light.map(({ id, series: [row] }): Key => {
    const usable = row && (column !== "last" || row.lastNonfinite === 0);
    return [usable ? row[column] : null, id];
  });
  keys.sort((a, b) => compare(a, b, order));
  const after = decodeCursor(MetricKey, query.cursor);
  const rest = after ? keys.filter((item) => compare(item, after, order) > 0) : keys;
  const shown = rest.slice(0, query.limit);
  const last = shown.at(-1);
  const rows = await ctx.db.prisma.run.findMany({
    where: { id: { in: shown.map(([, id]) => id) } },
    include: RUN_INCLUDE,
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    items: shown.flatMap(([, id]) => byId.get(id) ?? []).map(toWireRun),
    next_cursor: rest.length > query.limit && last ? encodeCursor(last) : null,
  };
}

function compare([a, idA]: Key, [b, idB]: Key, order: "asc" | "desc"): number {
  if (a !== b) {
    if (a === null) return 1;
    if (b === null) return -1;
    return order === "asc" ? a - b : b - a;
  }
  return idA < idB ? -1 : idA > idB ? 1 : 0;
}
