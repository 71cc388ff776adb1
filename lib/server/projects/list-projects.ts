import "server-only";
import { z } from "zod";
import type { Project } from "@/lib/contracts/projects";
import { type Ctx, requireScope } from "../context";
import { CursorText, CursorTime, decodeCursor, toPage } from "../http/cursor";
import { NO_RUNS, projectFigures } from "./figures";
import { toWireProject } from "./serialize";

const Key = z.tuple([CursorTime, CursorText]);

/** Newest first. */
export async function listProjects(
  ctx: Ctx,
  { limit, cursor, q }: { limit: number; cursor?: string; q?: string },
): Promise<{ items: Project[]; next_cursor: string | null }> {
  requireScope(ctx, "projects:read");
  const after = decodeCursor(Key, cursor);
  const rows = await ctx.db.prisma.project.findMany({
    where: {
      deletedAt: null,
      ...(q ? { name: { contains: q } } : {}),
      ...(after
        ? { OR: [{ createdAt: { lt: after[0] } }, { createdAt: after[0], id: { lt: after[1] } }] }
        : {}),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const figures = await projectFigures(
    ctx.db,
    rows.map(({ id }) => id),
  );
  return toPage(
    rows,
    limit,
    (row) => [row.createdAt.toISOString(), row.id],
    (row) => toWireProject(row, figures.get(row.id) ?? NO_RUNS),
  );
}
