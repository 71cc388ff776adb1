import "server-only";
import { livenessOf } from "@/lib/domain/runs/liveness";
import type { Tx } from "../db/database";
import { heardOf } from "../heard";
import type { ProjectFigures } from "./serialize";

/** Counts of several projects in three queries. A run that is silent or lost is not counted as running. */
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
  const running = await prisma.run.findMany({
    where: { ...where, status: "running" },
    select: { projectId: true, status: true, startedAt: true, lastLoggedAt: true, logGap: true },
  });
  const drifting = await prisma.run.groupBy({
    by: ["projectId"],
    where: { ...where, archivedAt: null, auditCode: { not: "match" } },
    _count: { auditCode: true },
  });
  const driftOf = new Map(drifting.map(({ projectId, _count }) => [projectId, _count.auditCode]));
  const underWay = { live: new Map<string, number>(), silent: new Map<string, number>() };
  const now = Date.now();
  for (const run of running) {
    const liveness = livenessOf(heardOf(run), now);
    if (liveness === null || liveness === "lost") continue;
    underWay[liveness].set(run.projectId, (underWay[liveness].get(run.projectId) ?? 0) + 1);
  }
  return new Map(
    all.map((row) => [
      row.projectId,
      {
        runs: row._count._all,
        running: underWay.live.get(row.projectId) ?? 0,
        silent: underWay.silent.get(row.projectId) ?? 0,
        drift: driftOf.get(row.projectId) ?? 0,
        lastActivityAt: later(row._max.lastLoggedAt, row._max.createdAt),
      },
    ]),
  );
}

export const NO_RUNS: ProjectFigures = { runs: 0, running: 0, silent: 0, drift: 0, lastActivityAt: null };

const later = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b));
