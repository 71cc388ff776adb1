import "server-only";
import type { ListSavedQuery, SavedSchedule } from "@/lib/contracts/saved-schedules";
import { type Ctx, requireScope } from "../context";
import { toPage } from "../http/cursor";
import { findNewest, NEWEST_FIRST, newestKey } from "../newest";
import { findProject } from "../projects/get-project";
import { findSaved, type SavedRow, tagsOf, toWireSaved, WITH_PROJECT } from "./saved-row";

/** Newest first. @throws ServiceError not_found for an unknown project */
export async function listSaved(
  ctx: Ctx,
  { limit, cursor, q, project }: ListSavedQuery,
): Promise<{ items: SavedSchedule[]; next_cursor: string | null }> {
  requireScope(ctx, "projects:read");
  const projectId = project ? (await findProject(ctx.db, project)).id : undefined;
  const rows = await findNewest(
    { q, cursor, count: limit + 1 },
    (row: SavedRow) => [row.name, row.family, ...tagsOf(row)],
    (older, take) =>
      ctx.db.prisma.savedSchedule.findMany({
        where: { projectId, ...older },
        orderBy: NEWEST_FIRST,
        take,
        include: WITH_PROJECT,
      }),
  );
  return toPage(rows, limit, newestKey, toWireSaved);
}

export async function getSaved(ctx: Ctx, id: string): Promise<SavedSchedule> {
  requireScope(ctx, "projects:read");
  return toWireSaved(await findSaved(ctx.db, id));
}
