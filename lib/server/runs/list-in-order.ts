import "server-only";
import { z } from "zod";
import type { Run } from "@/lib/contracts/runs";
import { predicateOf, TEXT_FIELDS } from "@/lib/domain/query/evaluate";
import { type Comparable, comparable, compareBy, type SortKey } from "@/lib/domain/query/order";
import { fieldsOf } from "@/lib/domain/query/query";
import type { Ctx } from "../context";
import { CursorText, decodeCursor, encodeCursor } from "../http/cursor";
import { loadRows } from "./load-rows";
import type { RunFilter } from "./run-filter";
import { RUN_INCLUDE, toWireRun } from "./serialize";
import { withSeries } from "./with-series";

interface Placed {
  id: string;
  keys: Comparable[];
}

const Keys = z.array(z.union([CursorText, z.number(), z.boolean(), z.null()]));

/**
 * Runs in any order and by any filter. Both are made of one light row a run, so that a page costs one pass over the
 * runs and one query for what it shows.
 */
export async function listInOrder(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string },
  { where, rest }: RunFilter,
  sort: readonly SortKey[],
): Promise<{ items: Run[]; next_cursor: string | null }> {
  const after = decodeCursor(z.tuple([CursorText, Keys.length(sort.length)]), cursor);
  const fields = [...sort.map(({ field }) => field), ...(rest ? [...fieldsOf(rest), ...TEXT_FIELDS] : [])];
  const test = rest ? predicateOf(rest) : () => true;
  const placed = (await loadRows(ctx.db, { where, fields }))
    .filter(({ read }) => test(read))
    .map(({ run, read }): Placed => ({ id: run.id, keys: sort.map(({ field }) => comparable(read(field))) }));
  const compare = (a: Placed, b: Placed) =>
    compareBy(sort, a.keys, b.keys) || (a.id < b.id ? -1 : Number(a.id > b.id));
  placed.sort(compare);
  const last = after && { id: after[0], keys: after[1] };
  const ahead = last ? placed.filter((item) => compare(item, last) > 0) : placed;
  const shown = ahead.slice(0, limit);
  const end = shown.at(-1);
  return {
    items: await findInOrder(ctx, shown),
    next_cursor: ahead.length > limit && end ? encodeCursor([end.id, end.keys]) : null,
  };
}

async function findInOrder(ctx: Ctx, shown: readonly Placed[]): Promise<Run[]> {
  const rows = await ctx.db.prisma.run.findMany({
    where: { id: { in: shown.map(({ id }) => id) } },
    include: RUN_INCLUDE,
  });
  const byId = new Map((await withSeries(ctx.db.prisma, rows)).map((row) => [row.id, row]));
  return shown.flatMap(({ id }) => byId.get(id) ?? []).map(toWireRun);
}
