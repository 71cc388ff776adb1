import "server-only";
import { ControlStatus } from "@/lib/contracts/control";
import { type ControlEvent, nextState } from "@/lib/domain/control/next-state";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { conflict, notFound } from "../errors";
import { storeOn } from "../metrics/store-on";
import type { WriteTx } from "../transaction";
import { CONTROL_INCLUDE, type ControlRow } from "./serialize";

type Change = Prisma.ControlRequestUpdateManyMutationInput;

export interface Move {
  /** The transition's event, or the state itself where the domain decided outside the table (a late ack). */
  to: ControlStatus;
  by: string;
  note?: string;
  change?: Change;
  now: Date;
}

export async function findControl(tx: Pick<WriteTx, "prisma">, id: string): Promise<ControlRow> {
  const row = await tx.prisma.controlRequest.findUnique({ where: { id }, include: CONTROL_INCLUDE });
  if (!row) throw notFound(`control request ${id}`);
  return row;
}

/**
 * A request as it is once nobody else is at work on its run: every change of a request takes the run's lock first, as
 * ingest does, so that a person's decision never makes a job's batch of points fail, nor the other way round.
 */
export async function claimControl(tx: WriteTx, id: string): Promise<ControlRow> {
  const { runId } = await findControl(tx, id);
  await storeOn(tx).runHead(runId);
  return findControl(tx, id);
}

/** The state that `event` leads to. @throws ServiceError conflict when it does not apply. */
export function stateAfter(row: { status: string }, event: ControlEvent): ControlStatus {
  const to = nextState(ControlStatus.parse(row.status), event);
  if (!to)
    throw conflict(`cannot ${WORDS[event] ?? event} a request that is ${row.status.replace("_", " ")}`);
  return to;
}

const WORDS: Partial<Record<ControlEvent, string>> = { rollback: "roll back" };

/**
 * Moves a request from the state it was read in, writes its history in the same transaction, and announces it. The
 * update is guarded by the state: count 0 means that someone else moved it meanwhile.
 */
export async function moveControl(tx: WriteTx, row: ControlRow, move: Move): Promise<ControlRow> {
  const { count } = await tx.prisma.controlRequest.updateMany({
    where: { id: row.id, status: row.status },
    data: { ...move.change, status: move.to, updatedAt: move.now },
  });
  if (count === 0) throw conflict("the request changed meanwhile");
  await tx.prisma.controlTransition.create({
    data: { requestId: row.id, status: move.to, at: move.now, by: move.by, note: move.note ?? "" },
  });
  return findControl(tx, row.id);
}
