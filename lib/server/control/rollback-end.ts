import "server-only";
import type { WriteTx } from "../transaction";
import type { ControlRow } from "./serialize";
import { findControl, moveControl, stateAfter } from "./transition";

const APPLIED = ["applied", "verified"];

/** Once the job says that it took a change back, the change counts as rolled back. `row` is the request that did it. */
export async function settleRollback(tx: WriteTx, row: ControlRow, now: Date): Promise<void> {
  if (row.rollbackOf === null) return;
  const original = await findControl(tx, row.rollbackOf);
  if (!APPLIED.includes(original.status)) return detach(tx, row);
  const note = `taken back at step ${row.appliedStep}`;
  await moveControl(tx, original, { to: stateAfter(original, "rollback"), by: "job", note, now });
}

/**
 * A request that no longer takes anything back. If the job carried it out all the same, it is a change of the LR like
 * any other, and counts as one.
 */
export async function detach(tx: WriteTx, { id }: ControlRow): Promise<void> {
  await tx.prisma.controlRequest.update({ where: { id }, data: { rollbackOf: null } });
}

/** The log shows that the job never made the change: then there is nothing to take back, if nobody has begun to. */
export async function dropRollback(tx: WriteTx, originalId: string, now: Date): Promise<void> {
  const found = await tx.prisma.controlRequest.findUnique({ where: { rollbackOf: originalId } });
  if (!found) return;
  const row = await findControl(tx, found.id);
  if (row.status !== "approved") return;
  const note = "the change that it takes back was never made";
  await moveControl(tx, row, { to: stateAfter(row, "supersede"), by: "server", note, now });
}
