import "server-only";
import type { ControlRequest, CreateControlBody, Rates } from "@/lib/contracts/control";
import { targetLr } from "@/lib/domain/control/target";
import { type Ctx, requireScope } from "../context";
import { conflict, invalid } from "../errors";
import { newId } from "../ids";
import { storeOn } from "../metrics/store-on";
import { currentLr } from "../metrics/current-lr";
import { findRun } from "../runs/get-run";
import { announceRun } from "../runs/touch";
import { withTransaction } from "../transaction";
import { toWireControl } from "./serialize";
import { findControl } from "./transition";

const DEFAULT_EXPIRY_S = 3600;

function checkBody(body: CreateControlBody): void {
  if (body.kind === "scale_lr" && body.factor === undefined) throw invalid("factor", "scale_lr needs it");
  if (body.kind === "set_lr" && body.lr === undefined) throw invalid("lr", "set_lr needs it");
  if (body.kind !== "scale_lr" && body.factor !== undefined)
    throw invalid("factor", `${body.kind} does not take it`);
  if (body.kind !== "set_lr" && body.lr !== undefined) throw invalid("lr", `${body.kind} does not take it`);
}

const stored = (rates: Rates | undefined): string | null =>
  rates === undefined ? null : JSON.stringify(rates);

/** The LR that the request leads to, whenever the current one is known. */
function targetOf(body: CreateControlBody, lr: number | null): Rates | undefined {
  if (body.kind === "set_lr") return body.lr;
  if (body.factor === undefined || lr === null) return undefined;
  return targetLr(lr, { kind: "scale_lr", factor: body.factor });
}

/** A request by hand is approved by whoever makes it. */
export async function createControl(
  ctx: Ctx,
  runId: string,
  body: CreateControlBody,
): Promise<ControlRequest> {
  requireScope(ctx, "control:write");
  checkBody(body);
  const now = new Date();
  return withTransaction(ctx, async (tx) => {
    const run = await findRun(tx, runId);
    if (run.status !== "running")
      throw conflict(`run ${runId} is ${run.status}: there is no job to carry it out`);
    const lr = await currentLr(storeOn(tx), run);
    const target = targetOf(body, lr);
    const id = newId();
    await tx.prisma.controlRequest.create({
      data: {
        id,
        runId,
        kind: body.kind,
        factor: body.factor ?? null,
        lr: stored(target),
        group: body.group ?? null,
        expectedLr: stored(body.expected_lr),
        status: "approved",
        reason: body.reason ?? "by hand",
        evidence: JSON.stringify(lr === null ? {} : { current_lr: lr }),
        firedStep: run.lastStep,
        createdAt: now,
        updatedAt: now,
        expiresAt: new Date(now.getTime() + (body.expires_in ?? DEFAULT_EXPIRY_S) * 1000),
        history: { create: { status: "approved", at: now, by: ctx.actor, note: body.reason ?? "" } },
      },
    });
    await announceRun(tx, runId, ["control"]);
    return toWireControl(await findControl(tx, id));
  });
}
