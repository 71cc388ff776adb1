import "server-only";
import { z } from "zod";
import type { ListRunsQuery, Run } from "@/lib/contracts/runs";
import { parseSort, type SortKey } from "@/lib/domain/query/order";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { type Ctx, requireScope } from "../context";
import { CursorText, CursorTime, decodeCursor, toPage } from "../http/cursor";
import { listInOrder } from "./list-in-order";
import { runFilter } from "./run-filter";
import { RUN_INCLUDE, toWireRun } from "./serialize";
import { withSeries } from "./with-series";

type Page = { items: Run[]; next_cursor: string | null };

/** Runs that pass the filters, in the order of `sort`; each once, whatever is logged, made or deleted meanwhile. */
export async function listRuns(ctx: Ctx, query: ListRunsQuery): Promise<Page> {
  requireScope(ctx, "runs:read");
  const keys = parseSort(query.sort);
  const filter = runFilter(query);
  const [only, ...more] = keys;
  if (filter.rest === null && only && more.length === 0 && isCreated(only)) {
    return listByTime(ctx, query, filter.where, only.descending ? "desc" : "asc");
  }
  return listInOrder(ctx, query, filter, keys);
}

const isCreated = ({ field }: SortKey): boolean => field.kind === "named" && field.name === "created";

const TimeKey = z.tuple([CursorTime, CursorText]);

/** The one order that the database has an index for. */
async function listByTime(
  ctx: Ctx,
  query: ListRunsQuery,
  where: Prisma.RunWhereInput,
  order: "asc" | "desc",
): Promise<Page> {
  const key = decodeCursor(TimeKey, query.cursor);
  const beyond = (value: string) => (order === "desc" ? { lt: value } : { gt: value });
  const after: Prisma.RunWhereInput = key
    ? { OR: [{ createdAt: beyond(key[0]) }, { createdAt: key[0], id: beyond(key[1]) }] }
    : {};
  const rows = await ctx.db.prisma.run.findMany({
    where: { AND: [where, after] },
    include: RUN_INCLUDE,
    orderBy: [{ createdAt: order }, { id: order }],
    take: query.limit + 1,
  });
  const runs = await withSeries(ctx.db.prisma, rows);
  return toPage(runs, query.limit, (row) => [row.createdAt.toISOString(), row.id], toWireRun);
}
