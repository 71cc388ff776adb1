import "server-only";
import type { ControlRequest } from "@/lib/contracts/control";
import type { Lrs } from "@/lib/domain/control/same-lr";
import { takeBack } from "@/lib/domain/control/take-back";
import { type Ctx, requireScope } from "../context";
import { conflict } from "../errors";
import { newId } from "../ids";
import { findRun } from "../runs/get-run";
import type { RunRow } from "../runs/serialize";
import { announceRun } from "../runs/touch";
import { effectiveOf } from "../schedules/effective-lr";
import { withTransaction, type WriteTx } from "../transaction";
import { currentLrs } from "./current-lrs";
import { detach } from "./rollback-end";
import { type ControlRow, currentLrOf, toWireControl } from "./serialize";
import { claimControl, findControl, stateAfter } from "./transition";

const WINDOW_MS = 86_400_000;
const EXPIRES_IN_MS = 3_600_000;

/**
 * Asks the job to restore what was before a change that it applied. The change itself stands until the job says that it
 * did. @throws ServiceError conflict with the reason when it cannot be taken back
 */
export async function rollBack(ctx: Ctx, controlId: string, note?: string): Promise<ControlRequest> {
  requireScope(ctx, "control:write");
  const now = new Date();
  return withTransaction(ctx, async (tx) => {
    const row = await claimControl(tx, controlId);
    await checkMayRollBack(tx, row, now);
    const id = await ask(tx, row, { by: ctx.actor, note, now });
    await announceRun(tx, row.runId, ["control"]);
    return toWireControl(await findControl(tx, id));
  });
}

async function checkMayRollBack(tx: WriteTx, row: ControlRow, now: Date): Promise<void> {
  if (row.kind === "stop") throw conflict("a stop cannot be taken back");
  if (row.rollbackOf !== null) throw conflict("this is a rollback itself: ask for the change again instead");
  stateAfter(row, "rollback");
  const run = await findRun(tx, row.runId);
  if (run.status !== "running") throw conflict(`the run is ${run.status}: there is no job to carry it out`);
  const appliedAt = row.history.find(({ status }) => status === "applied")?.at ?? row.updatedAt;
  if (now.getTime() - appliedAt.getTime() > WINDOW_MS) {
    throw conflict("the change was applied more than a day ago: ask for a new LR instead");
  }
  const known = await tx.prisma.controlRequest.findUnique({ where: { rollbackOf: row.id } });
  if (known && ["approved", "delivered"].includes(known.status))
    throw conflict("it is already being rolled back");
  if (known) await detach(tx, await findControl(tx, known.id));
  const others = await tx.prisma.controlRequest.findMany({
    where: { runId: row.runId, kind: { not: "stop" }, NOT: { id: row.id } },
    select: { status: true, appliedStep: true, createdAt: true, rollbackOf: true },
  });
  if (others.some(({ status }) => ["approved", "delivered"].includes(status))) {
    throw conflict("another change is on its way to the job: wait for it, or withdraw it");
  }
  if (others.some((other) => isOnTop(other, row))) {
    throw conflict("a later change was applied on top of it: roll that one back first");
  }
}

type Applied = Pick<ControlRow, "status" | "appliedStep" | "createdAt" | "rollbackOf">;

/** A change that was itself taken back, or that took one back, lies on nothing. */
function isOnTop(other: Applied, row: Applied): boolean {
  if (other.rollbackOf !== null || !["applied", "verified"].includes(other.status)) return false;
  const steps = (other.appliedStep ?? 0) - (row.appliedStep ?? 0);
  return steps > 0 || (steps === 0 && other.createdAt > row.createdAt);
}

/** The request that leads back, and the LR of now where it stays until somebody moves it. */
async function wayBack(tx: WriteTx, row: ControlRow, run: RunRow) {
  const { lrs, still } = await currentLrs(tx, run);
  const { kind, lr = null } = toWireControl(row);
  const before = currentLrOf(row);
  const change = {
    kind: kind === "set_lr" ? kind : ("scale_lr" as const),
    ...{ factor: row.factor, lr, before, minLr: row.minLr },
  };
  const without = (await effectiveOf(tx, row.runId, row.id))(row.appliedStep ?? 0);
  const wanted = takeBack(change, { holdsStill: still, without });
  if (!wanted) throw conflict("the LR before the change is not known: set the one that you want instead");
  const target = wanted.kind === "set_lr" ? wanted.lr : still ? before : null;
  return { wanted, target, lrs, expected: still ? lrs : null };
}

const stored = (lrs: Lrs | null): string | null => (lrs === null ? null : JSON.stringify(lrs));

async function ask(
  tx: WriteTx,
  row: ControlRow,
  { by, note, now }: { by: string; note?: string; now: Date },
) {
  const run = await findRun(tx, row.runId);
  const { wanted, target, lrs, expected } = await wayBack(tx, row, run);
  const reason = note ?? `Takes back the change of step ${row.appliedStep}, made because: ${row.reason}`;
  const id = newId();
  await tx.prisma.controlRequest.create({
    data: {
      id,
      runId: row.runId,
      kind: wanted.kind,
      factor: wanted.kind === "scale_lr" ? wanted.factor : null,
      lr: stored(target),
      group: row.group,
      minLr: await floorBefore(tx, row),
      expectedLr: stored(expected),
      status: "approved",
      reason,
      evidence: JSON.stringify({ takes_back: row.id, ...(lrs === null ? {} : { current_lr: lrs }) }),
      firedStep: run.lastStep,
      rollbackOf: row.id,
      createdAt: now,
      updatedAt: now,
      expiresAt: new Date(now.getTime() + EXPIRES_IN_MS),
      history: { create: { status: "approved", at: now, by, note: note ?? "" } },
    },
  });
  return id;
}

/** The floor that held before the change, 0 when none did: a cut of ours brings its own and would leave it behind. */
async function floorBefore(tx: WriteTx, row: ControlRow): Promise<number | null> {
  if (row.minLr === null) return null;
  const last = await tx.prisma.controlRequest.findFirst({
    where: {
      runId: row.runId,
      status: { in: ["applied", "verified"] },
      minLr: { not: null },
      rollbackOf: null,
      OR: [
        { appliedStep: { lt: row.appliedStep ?? 0 } },
        { appliedStep: row.appliedStep, createdAt: { lt: row.createdAt } },
      ],
    },
    orderBy: [{ appliedStep: "desc" }, { createdAt: "desc" }],
  });
  return last?.minLr ?? 0;
}
