import "server-only";
import { z } from "zod";
import type { ListViewsQuery, View } from "@/lib/contracts/views";
import { type Ctx, requireScope } from "../context";
import { CursorText, CursorTime, decodeCursor, toPage } from "../http/cursor";
import { findProject } from "../projects/get-project";
import { toWireView, WITH_PROJECT } from "./serialize";

const Key = z.tuple([CursorTime, CursorText]);

/** Oldest first, so that a menu keeps its order. @throws ServiceError not_found for an unknown project */
export async function listViews(
  ctx: Ctx,
  { limit, cursor, project }: ListViewsQuery,
): Promise<{ items: View[]; next_cursor: string | null }> {
  requireScope(ctx, "projects:read");
  const after = decodeCursor(Key, cursor);
  const projectId = project === undefined ? null : (await findProject(ctx.db, project)).id;
  const rows = await ctx.db.prisma.savedView.findMany({
    where: {
      projectId,
      ...(after
        ? { OR: [{ createdAt: { gt: after[0] } }, { createdAt: after[0], id: { gt: after[1] } }] }
        : {}),
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: limit + 1,
    include: WITH_PROJECT,
  });
  return toPage(rows, limit, (row) => [row.createdAt.toISOString(), row.id], toWireView);
}
