import "server-only";
import { CompareQuery } from "@/lib/contracts/compare";
import type { ListComparisonsQuery, SavedComparison } from "@/lib/contracts/comparisons";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { type Ctx, requireScope } from "../context";
import type { Tx } from "../db/database";
import { notFound } from "../errors";
import { toPage } from "../http/cursor";
import { findNewest, NEWEST_FIRST, newestKey } from "../newest";
import { parseStored } from "../stored-json";

type Row = Prisma.ComparisonGetPayload<object>;

export const toWireComparison = (row: Row): SavedComparison => ({
  id: row.id,
  name: row.name,
  notes: row.notes,
  query: parseStored(CompareQuery, row.query),
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});

/** @throws ServiceError not_found */
export async function findComparison({ prisma }: Pick<Tx, "prisma">, id: string): Promise<Row> {
  const row = await prisma.comparison.findUnique({ where: { id } });
  if (!row) throw notFound(`saved comparison ${id}`);
  return row;
}

export async function getComparison(ctx: Ctx, id: string): Promise<SavedComparison> {
  requireScope(ctx, "projects:read");
  return toWireComparison(await findComparison(ctx.db, id));
}

/** Newest first. */
export async function listComparisons(
  ctx: Ctx,
  { limit, cursor, q }: ListComparisonsQuery,
): Promise<{ items: SavedComparison[]; next_cursor: string | null }> {
  requireScope(ctx, "projects:read");
  const rows = await findNewest(
    { q, cursor, count: limit + 1 },
    ({ name }: Row) => [name],
    (older, take) => ctx.db.prisma.comparison.findMany({ where: older, orderBy: NEWEST_FIRST, take }),
  );
  return toPage(rows, limit, newestKey, toWireComparison);
}
