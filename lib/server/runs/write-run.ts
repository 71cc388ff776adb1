import "server-only";
import type { Run, UpdateRunBody } from "@/lib/contracts/runs";
import { type Ctx, requireScope } from "../context";
import { CONTROL_INCLUDE } from "../control/serialize";
import { moveControl, stateAfter } from "../control/transition";
import { conflict, notFound } from "../errors";
import { storeOn } from "../metrics/store-on";
import { tellFinished } from "../notify/tell";
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
    await tx.prisma.run.update({
      where: { id },
      data: { ...declaredColumns(body, before), archivedAt: archivedAt(body, before), judgeAfter: null },
    });
    if (body.tags) await setTags(tx, id, body.tags);
    await announceRun(tx, id, ["run"]);
    return toWireRun(await findRun(tx, id));
  });
}

/** undefined: as it is. An archived run keeps the time at which it was. */
function archivedAt({ archived }: UpdateRunBody, { archived_at }: Run): Date | null | undefined {
  if (archived === undefined || archived === (archived_at !== null)) return undefined;
  return archived ? new Date() : null;
}

/**
 * Ends the run; the same end again changes nothing. A run that ends because it was asked to is killed, not finished. What
 * waits for the job expires: nobody will carry it out.
 */
export async function finishRun(
  ctx: Ctx,
  id: string,
  { status, time }: { status: "finished" | "failed" | "killed"; time?: number },
): Promise<Run> {
  requireScope(ctx, "runs:write");
  const now = new Date();
  return withTransaction(ctx, async (tx) => {
    await storeOn(tx).runHead(id);
    const row = await findRun(tx, id);
    const end = await endOf(tx, id, status);
    if (row.status === end) return toWireRun(row);
    if (row.status !== "running") throw conflict(`run ${id} is ${row.status} already`);
    const endedAt = time === undefined ? now : new Date(time * 1000);
    await tx.prisma.run.update({ where: { id }, data: { status: end, endedAt, judgeAfter: null } });
    await settleControl(tx, id, end, now);
    await tellFinished(tx, id, now);
    await announceRun(tx, id, ["run", "control"]);
    return toWireRun(await findRun(tx, id));
  });
}

type End = "finished" | "failed" | "killed";

/** A job that obeyed a stop ends in good order and reports so; the run is none the less one that was cut short. */
async function endOf({ prisma }: WriteTx, runId: string, said: End): Promise<End> {
  if (said !== "finished") return said;
  const obeyed = await prisma.controlRequest.count({
    where: { runId, kind: "stop", status: { in: ["applied", "verified"] } },
  });
  return obeyed > 0 ? "killed" : said;
}

async function settleControl(tx: WriteTx, runId: string, end: End, now: Date): Promise<void> {
  const rows = await tx.prisma.controlRequest.findMany({
    where: {
      runId,
      OR: [{ status: { in: ["recommended", "approved", "delivered"] } }, { kind: "stop", status: "applied" }],
    },
    include: CONTROL_INCLUDE,
  });
  for (const row of rows) {
    const move =
      row.status === "applied"
        ? { to: stateAfter(row, "verify"), note: `the run ended as ${end}` }
        : { to: stateAfter(row, "expire"), note: "the run ended" };
    await moveControl(tx, row, { ...move, by: "server", now });
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
    // A run is not to be seen without its project.
    await tx.prisma.project.updateMany({ where: { runs: { some: { id } } }, data: { deletedAt: null } });
    await announceRun(tx, id, ["run"]);
    return toWireRun(await findRun(tx, id));
  });
}
