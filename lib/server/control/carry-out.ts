import "server-only";
import type { Ack, ControlRequest } from "@/lib/contracts/control";
import { decideAck } from "@/lib/domain/control/decide-ack";
import type { WriteTx } from "../transaction";
import { settleRollback } from "./rollback-end";
import { CONTROL_INCLUDE, type ControlRow, toWireControl } from "./serialize";
import { moveControl, stateAfter } from "./transition";

const WAITING = ["recommended", "approved", "delivered"];

/** What of a run's requests concerns the job now: what waits, and what it applied and has not confirmed yet. */
export function pendingControl(tx: WriteTx, runId: string): Promise<ControlRow[]> {
  return tx.prisma.controlRequest.findMany({
    where: { runId, status: { in: [...WAITING, "applied"] } },
    include: CONTROL_INCLUDE,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

const wasDelivered = (row: ControlRow) => row.history.some(({ status }) => status === "delivered");

/**
 * Takes the job's word for what it did. An acknowledgement that fits nothing is answered with a warning, not an error:
 * it travels with points, and those must not be lost for it.
 */
export async function takeAck(tx: WriteTx, row: ControlRow, ack: Ack, lastStep: number | null, now: Date) {
  const { status } = toWireControl(row);
  const decision = decideAck(status, ack.outcome, wasDelivered(row));
  if (decision.kind === "refuse")
    return `ack ${ack.id}: a request that is ${status} cannot be ${ack.outcome}`;
  if (decision.kind === "repeat") return null;
  const applied = decision.to === "applied";
  const readBack = ack.lr ?? toWireControl(row).lr;
  const moved = await moveControl(tx, row, {
    to: decision.to,
    by: "job",
    note: [decision.late ? "after it had expired" : "", ack.message ?? ""].filter(Boolean).join(": "),
    now,
    change: applied
      ? {
          appliedStep: ack.step ?? (lastStep === null ? 0 : lastStep + 1),
          appliedLr: readBack === undefined ? null : JSON.stringify(readBack),
        }
      : {},
  });
  if (applied) await settleRollback(tx, moved, now);
  return null;
}

/** Requests whose time is over expire before anything is handed out, so that a stale approval cannot fire. */
export async function expireOverdue(tx: WriteTx, rows: ControlRow[], now: Date): Promise<ControlRow[]> {
  const open: ControlRow[] = [];
  for (const row of rows) {
    const overdue = WAITING.includes(row.status) && row.expiresAt <= now;
    if (overdue) await moveControl(tx, row, { to: stateAfter(row, "expire"), by: "server", now });
    else open.push(row);
  }
  return open;
}

/**
 * Hands approved requests to the job, and those again that it was handed and has not acknowledged: the reply that
 * carried them may have been lost.
 */
export async function deliver(tx: WriteTx, rows: ControlRow[], now: Date): Promise<ControlRequest[]> {
  const handed: ControlRequest[] = [];
  for (const row of rows) {
    if (row.status === "delivered") handed.push(toWireControl(row));
    if (row.status !== "approved") continue;
    handed.push(
      toWireControl(await moveControl(tx, row, { to: stateAfter(row, "deliver"), by: "server", now })),
    );
  }
  return handed;
}
