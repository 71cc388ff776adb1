import "server-only";
import { type Ctx, requireScope } from "../context";

/** The run's place among its project's runs by creation, from 0: its colour. */
export async function placeInProject(ctx: Ctx, runId: string): Promise<number> {
  requireScope(ctx, "runs:read");
  const { place } = await ctx.db.prisma.run.findUniqueOrThrow({
    where: { id: runId },
    select: { place: true },
  });
  return place;
}
