import "server-only";
import type { SaveComparisonBody, SavedComparison, UpdateComparisonBody } from "@/lib/contracts/comparisons";
import { type Ctx, requireScope } from "../context";
import { newId } from "../ids";
import { withTransaction } from "../transaction";
import { findComparison, toWireComparison } from "./saved-read";

/** Names need not differ: the same question is asked again as runs come in. */
export async function saveComparison(ctx: Ctx, body: SaveComparisonBody): Promise<SavedComparison> {
  requireScope(ctx, "projects:write");
  const now = new Date();
  return withTransaction(ctx, async (tx) => {
    const row = await tx.prisma.comparison.create({
      data: {
        id: newId(now.getTime()),
        name: body.name,
        notes: body.notes ?? "",
        query: JSON.stringify(body.query),
        createdAt: now,
        updatedAt: now,
      },
    });
    return toWireComparison(row);
  });
}

/** What is absent stays. */
export async function updateComparison(
  ctx: Ctx,
  id: string,
  { name, notes, query }: UpdateComparisonBody,
): Promise<SavedComparison> {
  requireScope(ctx, "projects:write");
  return withTransaction(ctx, async (tx) => {
    await findComparison(tx, id);
    const row = await tx.prisma.comparison.update({
      where: { id },
      data: { name, notes, query: query && JSON.stringify(query), updatedAt: new Date() },
    });
    return toWireComparison(row);
  });
}

export async function deleteComparison(ctx: Ctx, id: string): Promise<null> {
  requireScope(ctx, "projects:write");
  return withTransaction(ctx, async (tx) => {
    await findComparison(tx, id);
    await tx.prisma.comparison.delete({ where: { id } });
    return null;
  });
}
