import "server-only";
import type { Run } from "@/lib/contracts/runs";
import { type Ctx, requireScope } from "../context";
import type { Tx } from "../db/database";
import { notFound } from "../errors";
import { RUN_INCLUDE, type RunRow, toWireRun } from "./serialize";
import { withSeries } from "./with-series";

/** @throws ServiceError not_found, also for a deleted run */
export async function findRun({ prisma }: Pick<Tx, "prisma">, id: string): Promise<RunRow> {
  const row = await prisma.run.findFirst({ where: { id, deletedAt: null }, include: RUN_INCLUDE });
  const [run] = row ? await withSeries(prisma, [row]) : [];
  if (!run) throw notFound(`run ${id}`);
  return run;
}

/** That there is such a run. @throws ServiceError not_found, also for a deleted run */
export async function requireRun({ prisma }: Pick<Tx, "prisma">, id: string): Promise<void> {
  const row = await prisma.run.findFirst({ where: { id, deletedAt: null }, select: { id: true } });
  if (!row) throw notFound(`run ${id}`);
}

export async function getRun(ctx: Ctx, id: string): Promise<Run> {
  requireScope(ctx, "runs:read");
  return toWireRun(await findRun(ctx.db, id));
}
