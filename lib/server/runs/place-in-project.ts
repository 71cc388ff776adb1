import "server-only";
import type { Run } from "@/lib/contracts/runs";
import { type Ctx, requireScope } from "../context";

/** How many of its project's runs are older than this one, archived ones among them: the run's colour. */
export function placeInProject(ctx: Ctx, run: Pick<Run, "id" | "project" | "created_at">): Promise<number> {
  requireScope(ctx, "runs:read");
  const older = [{ createdAt: { lt: run.created_at } }, { createdAt: run.created_at, id: { lt: run.id } }];
  return ctx.db.prisma.run.count({ where: { projectId: run.project.id, deletedAt: null, OR: older } });
}
