import "server-only";
import type { Run } from "@/lib/contracts/runs";
import { type Ctx, requireScope } from "../context";
import type { Tx } from "../db/database";
import { notFound } from "../errors";
import { RUN_INCLUDE, type RunRow, toWireRun } from "./serialize";

/** @throws ServiceError not_found, also for a deleted run */
export async function findRun({ prisma }: Pick<Tx, "prisma">, id: string): Promise<RunRow> {
  const row = await prisma.run.findFirst({ where: { id, deletedAt: null }, include: RUN_INCLUDE });
  if (!row) throw notFound(`run ${id}`);
  return row;
}

export async function getRun(ctx: Ctx, id: string): Promise<Run> {
  requireScope(ctx, "runs:read");
  return toWireRun(await findRun(ctx.db, id));
}
