import "server-only";
import type { Ack, AckBody, ControlRequest } from "@/lib/contracts/control";
import type { ControlEvent } from "@/lib/domain/control/next-state";
import { type Ctx, requireScope } from "../context";
import { conflict } from "../errors";
import { announceRun } from "../runs/touch";
import { withTransaction } from "../transaction";
import { takeAck } from "./carry-out";
import { type ControlRow, toWireControl } from "./serialize";
import { claimControl, findControl, moveControl, stateAfter } from "./transition";

/** A person's word on a request. @throws ServiceError not_found, or conflict when it is past deciding */
export async function decideControl(
  ctx: Ctx,
  input: {
    control_id: string;
    event: Extract<ControlEvent, "approve" | "reject">;
    note?: string;
    /** What was read; absent: whatever it asks for. */
    version?: number;
  },
): Promise<ControlRequest> {
  requireScope(ctx, "control:write");
  const now = new Date();
  return withTransaction(ctx, async (tx) => {
    const row = await claimControl(tx, input.control_id);
    const overdue = row.expiresAt <= now;
    if (overdue && input.event === "approve")
      throw conflict(`the request expired at ${row.expiresAt.toISOString()}`);
    const to = stateAfter(row, input.event);
    if (input.version !== undefined && input.version !== row.version)
      throw conflict(otherVersion(row, input.version));
    const moved = await moveControl(tx, row, { to, by: ctx.actor, note: input.note, now });
    await announceRun(tx, row.runId, ["control"]);
    return toWireControl(moved);
  });
}

function otherVersion(row: ControlRow, read: number): string {
  const { factor, lr } = toWireControl(row);
  const asked = factor === undefined ? "" : ` a factor of ${factor}`;
  const rates = lr === undefined ? "" : ` an LR of ${[lr].flat().join(", ")}`;
  return `the request has changed since version ${read}: version ${row.version} asks for${[asked, rates].filter(Boolean).join(" and")}`;
}

/** The job's word on a request, apart from points. */
export async function ackControl(ctx: Ctx, controlId: string, body: AckBody): Promise<ControlRequest> {
  requireScope(ctx, "control:obey");
  const ack: Ack = { ...body, id: controlId };
  const now = new Date();
  return withTransaction(ctx, async (tx) => {
    const row = await claimControl(tx, controlId);
    const run = await tx.prisma.run.findUniqueOrThrow({
      where: { id: row.runId },
      select: { lastStep: true },
    });
    const refused = await takeAck(tx, row, ack, run.lastStep, now);
    if (refused !== null) throw conflict(refused);
    await announceRun(tx, row.runId, ["control"]);
    return toWireControl(await findControl(tx, controlId));
  });
}
