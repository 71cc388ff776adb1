import "server-only";
import type { Tx } from "../db/database";
import type { ProjectFigures } from "./serialize";

/** Counts of several projects in two queries. */
export async function projectFigures(
  { prisma }: Pick<Tx, "prisma">,
  ids: readonly string[],
): Promise<Map<string, ProjectFigures>> {
  const where = { projectId: { in: [...ids] }, deletedAt: null };
  const all = await prisma.run.groupBy({
    by: ["projectId"],
    where,
    _count: { _all: true },
    _max: { lastLoggedAt: true, createdAt: true },
  });
  const running = await prisma.run.groupBy({
    by: ["projectId"],
    where: { ...where, status: "running" },
    _count: { _all: true },
  });
  const runningOf = new Map(running.map((row) => [row.projectId, row._count._all]));
  return new Map(
    all.map((row) => [
      row.projectId,
      {
        runs: row._count._all,
        running: runningOf.get(row.projectId) ?? 0,
        lastActivityAt: later(row._max.lastLoggedAt, row._max.createdAt),
      },
    ]),
  );
}

export const NO_RUNS: ProjectFigures = { runs: 0, running: 0, lastActivityAt: null };

const later = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b));
