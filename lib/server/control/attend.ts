import "server-only";
import type { Ack, ControlRequest } from "@/lib/contracts/control";
import type { RunHead } from "../metrics/store";
import type { SeriesChange } from "../plateau/fold-policies";
import type { WriteTx } from "../transaction";
import { deliver, expireOverdue, pendingControl, takeAck } from "./carry-out";
import { verifyApplied } from "./verify-applied";

interface Visit {
  acks: readonly Ack[];
  /** What the same request just stored. */
  changes: readonly SeriesChange[];
  warnings: string[];
  now: Date;
}

/**
 * The first half of a job's visit: its acknowledgements, then what its log confirms, then what expired. It comes before
 * the policies judge what was logged, since they ask on top of what the job has done. True when a request moved.
 */
export async function settleControl(
  tx: WriteTx,
  head: RunHead,
  { acks, changes, warnings, now }: Visit,
): Promise<boolean> {
  for (const ack of acks) {
    // Read anew each time: a batch may carry two acknowledgements of one request.
    const row = await findOfRun(tx, head.id, ack.id);
    const warning = row
      ? await takeAck(tx, row, ack, head.lastStep, now)
      : `ack ${ack.id}: no such request of this run`;
    if (warning) warnings.push(warning);
  }
  const rows = await pendingControl(tx, head.id);
  const verified = await verifyApplied(tx, head, rows, changes, now);
  const open = await expireOverdue(tx, rows, now);
  return acks.length > 0 || verified || open.length < rows.length;
}

/** The second half: what waits for the job. */
export async function handOver(tx: WriteTx, head: RunHead, now: Date): Promise<ControlRequest[]> {
  return deliver(tx, await pendingControl(tx, head.id), now);
}

function findOfRun(tx: WriteTx, runId: string, id: string) {
  return tx.prisma.controlRequest.findFirst({
    where: { id, runId },
    include: { history: { orderBy: { id: "asc" } } },
  });
}
