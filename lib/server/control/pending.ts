import "server-only";
import type { ControlRequest } from "@/lib/contracts/control";
import { type Ctx, requireScope } from "../context";
import { waitForRun } from "../events/bus";
import { notFound } from "../errors";
import { storeOn } from "../metrics/store-on";
import { findRun } from "../runs/get-run";
import { announceRun } from "../runs/touch";
import { withTransaction } from "../transaction";
import { handOver, settleControl } from "./attend";

const WAITING = ["approved", "delivered"];

/** What waits for the job, for jobs that log rarely: answers at once when there is something, else after `wait`. */
export async function pendingControlOf(
  ctx: Ctx,
  input: { run_id: string; wait: number },
  signal: AbortSignal,
): Promise<{ control: ControlRequest[] }> {
  requireScope(ctx, "control:obey");
  await findRun(ctx.db, input.run_id);
  const deadline = Date.now() + input.wait * 1000;
  const answered = new AbortController();
  const over = AbortSignal.any([signal, answered.signal]);
  try {
    for (;;) {
      const changed = waitForRun(input.run_id, Math.max(0, deadline - Date.now()), over);
      const waiting = await ctx.db.prisma.controlRequest.count({
        where: { runId: input.run_id, status: { in: WAITING } },
      });
      if (waiting > 0 || Date.now() >= deadline || signal.aborted) return await answer(ctx, input.run_id);
      await changed;
    }
  } finally {
    answered.abort();
  }
}

async function answer(ctx: Ctx, runId: string): Promise<{ control: ControlRequest[] }> {
  requireScope(ctx, "control:obey");
  return withTransaction(ctx, async (tx) => {
    const head = await storeOn(tx).runHead(runId);
    if (!head || head.deleted) throw notFound(`run ${runId}`);
    const now = new Date();
    const moved = await settleControl(tx, head, { acks: [], changes: [], warnings: [], now });
    const handed = await handOver(tx, head, now);
    if (moved || handed.length > 0) await announceRun(tx, runId, ["control"]);
    return { control: handed };
  });
}
