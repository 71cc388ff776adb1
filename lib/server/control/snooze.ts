import "server-only";
import type { ControlRequest } from "@/lib/contracts/control";
import { type Ctx, requireScope } from "../context";
import { conflict } from "../errors";
import { announceRun } from "../runs/touch";
import { withTransaction } from "../transaction";
import { toWireControl } from "./serialize";
import { claimControl, moveControl, stateAfter } from "./transition";

/** After its snooze a recommendation is shown for so long at least. */
const SHOWN_MS = 3_600_000;
/** Beyond this age a plateau says nothing about the run any more, however often it was put off. */
const MAX_LIFE_MS = 3 * 86_400_000;

/** Hides a recommendation from the inbox for `seconds`. It expires later for it, but never later than three days old. */
export async function snoozeControl(ctx: Ctx, controlId: string, seconds: number): Promise<ControlRequest> {
  requireScope(ctx, "control:write");
  const now = new Date();
  return withTransaction(ctx, async (tx) => {
    const row = await claimControl(tx, controlId);
    const to = stateAfter(row, "snooze");
    if (row.expiresAt <= now) throw conflict(`the request expired at ${row.expiresAt.toISOString()}`);
    const snoozedUntil = new Date(now.getTime() + seconds * 1000);
    const latest = row.createdAt.getTime() + MAX_LIFE_MS;
    if (snoozedUntil.getTime() + SHOWN_MS > latest) {
      const limit = new Date(latest - SHOWN_MS).toISOString();
      throw conflict(`a recommendation can be put off until ${limit}, when it is about three days old`);
    }
    const needed = snoozedUntil.getTime() + SHOWN_MS;
    const moved = await moveControl(tx, row, {
      to,
      by: ctx.actor,
      note: `snoozed until ${snoozedUntil.toISOString()}`,
      change: { snoozedUntil, expiresAt: new Date(Math.max(row.expiresAt.getTime(), needed)) },
      now,
    });
    await announceRun(tx, row.runId, ["control"]);
    return toWireControl(moved);
  });
}
