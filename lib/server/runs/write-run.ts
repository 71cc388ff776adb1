import "server-only";
import type { Run, UpdateRunBody } from "@/lib/contracts/runs";
import { type Ctx, requireScope } from "../context";
import { CONTROL_INCLUDE } from "../control/serialize";
import { moveControl, stateAfter } from "../control/transition";
import { conflict, notFound } from "../errors";
import { withTransaction, type WriteTx } from "../transaction";
import { declaredColumns } from "./declare";
import { findRun } from "./get-run";
import { toWireRun } from "./serialize";
import { setTags } from "./set-tags";
import { announceRun } from "./touch";

export async function updateRun(ctx: Ctx, id: string, body: UpdateRunBody): Promise<Run> {
  requireScope(ctx, "runs:write");
  return withTransaction(ctx, async (tx) => {
    const before = toWireRun(await findRun(tx, id));
    await tx.prisma.run.update({ where: { id }, data: declaredColumns(body, before) });
    if (body.tags) await setTags(tx, id, body.tags);
    await announceRun(tx, id, ["run"]);
    return toWireRun(await findRun(tx, id));
  });
}

/** Ends the run; the same end again changes nothing. What waits for the job expires: nobody will carry it out. */
export async function finishRun(
  ctx: Ctx,
  id: string,
  { status, time }: { status: "finished" | "failed" | "killed"; time?: number },
): Promise<Run> {
  requireScope(ctx, "runs:write");
  const now = new Date();
  return withTransaction(ctx, async (tx) => {
    const row = await findRun(tx, id);
    if (row.status === status) return toWireRun(row);
    if (row.status !== "running") throw conflict(`run ${id} is ${row.status} already`);
    const endedAt = time === undefined ? now : new Date(time * 1000);
    await tx.prisma.run.update({ where: { id }, data: { status, endedAt } });
    await expireAll(tx, id, now);
    await announceRun(tx, id, ["run", "control"]);
    return toWireRun(await findRun(tx, id));
  });
}

async function expireAll(tx: WriteTx, runId: string, now: Date): Promise<void> {
  const open = await tx.prisma.controlRequest.findMany({
    where: { runId, status: { in: ["recommended", "approved", "delivered"] } },
    include: CONTROL_INCLUDE,
  });
  for (const row of open) {
    await moveControl(tx, row, { to: stateAfter(row, "expire"), by: "server", note: "the run ended", now });
  }
}

/** Soft: restorable for 30 days. */
export async function deleteRun(ctx: Ctx, id: string): Promise<null> {
  requireScope(ctx, "runs:write");
  return withTransaction(ctx, async (tx) => {
    await findRun(tx, id);
    await tx.prisma.run.update({ where: { id }, data: { deletedAt: new Date() } });
    await announceRun(tx, id, ["run"]);
    return null;
  });
}

export async function restoreRun(ctx: Ctx, id: string): Promise<Run> {
  requireScope(ctx, "runs:write");
  return withTransaction(ctx, async (tx) => {
    const { count } = await tx.prisma.run.updateMany({ where: { id }, data: { deletedAt: null } });
    if (count === 0) throw notFound(`run ${id}`);
    await announceRun(tx, id, ["run"]);
    return toWireRun(await findRun(tx, id));
  });
}
