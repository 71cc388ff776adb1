import "server-only";
import { z } from "zod";
import type { ListSavedQuery, SavedSchedule } from "@/lib/contracts/saved-schedules";
import { type Ctx, requireScope } from "../context";
import { decodeCursor, toPage } from "../http/cursor";
import { findProject } from "../projects/get-project";
import { findSaved, toWireSaved, WITH_PROJECT } from "./saved-row";

const Key = z.tuple([z.iso.datetime(), z.string()]);

/** Newest first. @throws ServiceError not_found for an unknown project */
export async function listSaved(
  ctx: Ctx,
  { limit, cursor, q, project }: ListSavedQuery,
): Promise<{ items: SavedSchedule[]; next_cursor: string | null }> {
  requireScope(ctx, "projects:read");
  const after = decodeCursor(Key, cursor);
  const matches = q
    ? [{ OR: [{ name: { contains: q } }, { family: { contains: q } }, { tags: { contains: q } }] }]
    : [];
  const attached = project ? [{ projectId: (await findProject(ctx.db, project)).id }] : [];
  const older = after
    ? [{ OR: [{ createdAt: { lt: after[0] } }, { createdAt: after[0], id: { lt: after[1] } }] }]
    : [];
  const rows = await ctx.db.prisma.savedSchedule.findMany({
    where: { AND: [...matches, ...attached, ...older] },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    include: WITH_PROJECT,
  });
  return toPage(rows, limit, (row) => [row.createdAt.toISOString(), row.id], toWireSaved);
}

export async function getSaved(ctx: Ctx, id: string): Promise<SavedSchedule> {
  requireScope(ctx, "projects:read");
  return toWireSaved(await findSaved(ctx.db, id));
}
