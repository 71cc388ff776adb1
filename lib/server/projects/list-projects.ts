import "server-only";
import type { Project } from "@/lib/contracts/projects";
import { type Ctx, requireScope } from "../context";
import { toPage } from "../http/cursor";
import { findNewest, NEWEST_FIRST, newestKey } from "../newest";
import { NO_RUNS, projectFigures } from "./figures";
import { type ProjectRow, toWireProject } from "./serialize";

/** Newest first. */
export async function listProjects(
  ctx: Ctx,
  { limit, cursor, q }: { limit: number; cursor?: string; q?: string },
): Promise<{ items: Project[]; next_cursor: string | null }> {
  requireScope(ctx, "projects:read");
  const rows = await findNewest(
    { q, cursor, count: limit + 1 },
    ({ name }: ProjectRow) => [name],
    (older, take) =>
      ctx.db.prisma.project.findMany({
        where: { deletedAt: null, ...older },
        orderBy: NEWEST_FIRST,
        take,
      }),
  );
  const figures = await projectFigures(
    ctx.db,
    rows.map(({ id }) => id),
  );
  return toPage(rows, limit, newestKey, (row) => toWireProject(row, figures.get(row.id) ?? NO_RUNS));
}
