import "server-only";
import type { ControlRequest, CreateControlBody } from "@/lib/contracts/control";
import type { Lrs } from "@/lib/domain/control/same-lr";
import { targetLr } from "@/lib/domain/control/target";
import { type Ctx, requireScope } from "../context";
import { conflict, invalid } from "../errors";
import { newId } from "../ids";
import { storeOn } from "../metrics/store-on";
import { findRun } from "../runs/get-run";
import { announceRun } from "../runs/touch";
import { withTransaction } from "../transaction";
import { currentLrs, type CurrentLrs } from "./current-lrs";
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

const stored = (rates: Lrs | undefined): string | null =>
  rates === undefined ? null : JSON.stringify(rates);

/** The LR that the request leads to, whenever the current one is known. */
function targetOf(body: CreateControlBody, lrs: CurrentLrs["lrs"]): Lrs | undefined {
  if (body.kind === "set_lr") return body.lr;
  if (body.factor === undefined || lrs === null) return undefined;
  return targetLr(lrs, { kind: "scale_lr", factor: body.factor }, 0, body.group);
}

/** The LR that its author saw. Under a schedule that moves by itself the LR of now is not the LR of then. */
function expectedOf(body: CreateControlBody, { lrs, still }: CurrentLrs): Lrs | undefined {
  if (body.expected_lr !== undefined || body.kind === "stop") return body.expected_lr;
  return still && lrs !== null ? lrs : undefined;
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
    // Takes the run's lock, as ingest does.
    await storeOn(tx).runHead(runId);
    const run = await findRun(tx, runId);
    if (run.status !== "running")
      throw conflict(`run ${runId} is ${run.status}: there is no job to carry it out`);
    const current = await currentLrs(tx, run);
    const { lrs } = current;
    const id = newId();
    await tx.prisma.controlRequest.create({
      data: {
        id,
        runId,
        kind: body.kind,
        factor: body.factor ?? null,
        lr: stored(targetOf(body, lrs)),
        group: body.group ?? null,
        expectedLr: stored(expectedOf(body, current)),
        status: "approved",
        reason: body.reason ?? "by hand",
        evidence: JSON.stringify(lrs === null ? {} : { current_lr: lrs }),
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
