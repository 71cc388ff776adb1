import "server-only";
import type { Ack, ControlRequest } from "@/lib/contracts/control";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import type { RunHead } from "../metrics/store";
import type { SeriesChange } from "../plateau/fold-policies";
import { effectiveOf } from "../schedules/effective-lr";
import type { WriteTx } from "../transaction";
import { deliver, expireOverdue, pendingControl, takeAck, verifyApplied } from "./carry-out";

interface Visit {
  acks: readonly Ack[];
  /** What the same request just stored. */
  changes: readonly SeriesChange[];
  warnings: string[];
  now: Date;
}

/** One visit of the job: its acknowledgements, then what its log confirms, then what expired, then what waits for it. */
export async function attendControl(
  tx: WriteTx,
  head: RunHead,
  { acks, changes, warnings, now }: Visit,
): Promise<{ handed: ControlRequest[]; moved: boolean }> {
  const byId = new Map((await pendingControl(tx, head.id)).map((row) => [row.id, row]));
  for (const ack of acks) {
    const row = byId.get(ack.id) ?? (await findOfRun(tx, head.id, ack.id));
    const warning = row
      ? await takeAck(tx, row, ack, head.lastStep, now)
      : `ack ${ack.id}: no such request of this run`;
    if (warning) warnings.push(warning);
  }
  const rows = acks.length > 0 ? await pendingControl(tx, head.id) : [...byId.values()];
  const lr = changes.find(
    ({ key }) => key === (head.lrMetric ?? findLrKey(changes.map((change) => change.key))),
  );
  const logged = (lr?.added ?? []).map(({ step, value }) => ({ step, lr: value }));
  const verified =
    logged.length > 0 && (await verifyApplied(tx, rows, logged, await effectiveOf(tx, head.id), now));
  const open = await expireOverdue(tx, rows, now);
  const handed = await deliver(tx, open, now);
  const moved = acks.length > 0 || verified || open.length < rows.length || handed.length > 0;
  return { handed, moved };
}

function findOfRun(tx: WriteTx, runId: string, id: string) {
  return tx.prisma.controlRequest.findFirst({
    where: { id, runId },
    include: { history: { orderBy: { id: "asc" } } },
  });
}
