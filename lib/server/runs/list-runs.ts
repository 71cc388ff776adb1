import "server-only";
import { z } from "zod";
import type { ListRunsQuery, Run } from "@/lib/contracts/runs";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { type Ctx, requireScope } from "../context";
import { CursorText, CursorTime, decodeCursor, toPage } from "../http/cursor";
import { listByMetric } from "./list-by-metric";
import { runFilter } from "./run-filter";
import { RUN_INCLUDE, toWireRun } from "./serialize";

type Page = { items: Run[]; next_cursor: string | null };

/** `created_at`, `name` or `metric:<key>[:min|max|last]`; a leading `-` turns the order round. */
export async function listRuns(ctx: Ctx, query: ListRunsQuery): Promise<Page> {
  requireScope(ctx, "runs:read");
  const descending = query.sort.startsWith("-");
  const by = query.sort.replace(/^-/, "");
  const order = descending ? "desc" : "asc";
  if (by.startsWith("metric:")) return listByMetric(ctx, query, by.slice("metric:".length), order);
  return by === "name" ? listByName(ctx, query, order) : listByTime(ctx, query, order);
}

const TimeKey = z.tuple([CursorTime, CursorText]);
const NameKey = z.tuple([CursorText, CursorText]);
type Order = "asc" | "desc";

async function listByTime(ctx: Ctx, query: ListRunsQuery, order: Order): Promise<Page> {
  const key = decodeCursor(TimeKey, query.cursor);
  const beyond = (value: string) => (order === "desc" ? { lt: value } : { gt: value });
  const after: Prisma.RunWhereInput = key
    ? { OR: [{ createdAt: beyond(key[0]) }, { createdAt: key[0], id: beyond(key[1]) }] }
    : {};
  const rows = await findPage(ctx, query, after, [{ createdAt: order }, { id: order }]);
  return toPage(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id], toWireRun);
}

async function listByName(ctx: Ctx, query: ListRunsQuery, order: Order): Promise<Page> {
  const key = decodeCursor(NameKey, query.cursor);
  const beyond = (value: string) => (order === "desc" ? { lt: value } : { gt: value });
  const after: Prisma.RunWhereInput = key
    ? { OR: [{ name: beyond(key[0]) }, { name: key[0], id: beyond(key[1]) }] }
    : {};
  const rows = await findPage(ctx, query, after, [{ name: order }, { id: order }]);
  return toPage(rows, query.limit, (row) => [row.name, row.id], toWireRun);
}

function findPage(
  ctx: Ctx,
  query: ListRunsQuery,
  after: Prisma.RunWhereInput,
  orderBy: Prisma.RunOrderByWithRelationInput[],
) {
  return ctx.db.prisma.run.findMany({
    where: { AND: [runFilter(query), after] },
    include: RUN_INCLUDE,
    orderBy,
    take: query.limit + 1,
  });
}
