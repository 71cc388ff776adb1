import "server-only";
import type { RunChanged, StreamFrame } from "@/lib/contracts/events";
import { RunStatus } from "@/lib/contracts/runs";
import type { RunChange } from "../db/transaction";
import type { Reader } from "../db/database";

export interface Watched {
  projectId?: string;
  runId?: string;
}

/** Where a run stands in the order of changes. Many runs may share a number: one transaction changed them all. */
export interface Place {
  seq: number;
  id: string;
}

/** PostgreSQL's numbers may become visible out of order; frames may repeat, so looking back a little costs nothing. */
const LOOK_BACK = 64;
const EVERYTHING: RunChanged["what"] = ["run", "metrics", "control", "plateau"];

export const concerns = ({ projectId, runId }: Watched, change: RunChanged): boolean =>
  (runId === undefined || change.run_id === runId) &&
  (projectId === undefined || change.project_id === projectId);

/** Before every run whose change a reader with this number may have missed. */
export const placeAfter = ({ native }: Reader, seq: number): Place => ({
  seq: native ? seq + 1 : seq + 1 - LOOK_BACK,
  id: "",
});

/** Where the runs behind a place stand now, at most `take` of them, in the order of their changes. */
export async function changedAfter(
  { prisma }: Reader,
  { projectId, runId }: Watched,
  { seq, id }: Place,
  take: number,
): Promise<RunChange[]> {
  const rows = await prisma.run.findMany({
    where: {
      id: runId,
      projectId,
      // The first condition alone is what the index on the number can serve.
      AND: [{ seq: { gte: seq } }, { OR: [{ seq: { gt: seq } }, { id: { gt: id } }] }],
    },
    select: { id: true, projectId: true, status: true, lastStep: true, seq: true },
    orderBy: [{ seq: "asc" }, { id: "asc" }],
    take,
  });
  return rows.map((row) => ({
    run_id: row.id,
    project_id: row.projectId,
    status: RunStatus.parse(row.status),
    last_step: row.lastStep,
    what: EVERYTHING,
    seq: row.seq,
  }));
}

/**
 * Changes in their order, as frames. A number goes out with the last of its changes alone, the ones before carry
 * `complete`, the number before it: a reader whose connection is cut between two of them misses none.
 * `following` is the change that comes next, where it is known.
 */
export function framesOf(
  changes: readonly RunChange[],
  complete: number,
  following?: RunChange,
): StreamFrame[] {
  let before = complete;
  return changes.map(({ seq, ...data }, i) => {
    const next = changes[i + 1] ?? following;
    if (next?.seq !== seq) before = seq;
    return { event: "run", id: String(before), data };
  });
}

export async function currentSeq({ prisma }: Reader): Promise<number> {
  const { _max } = await prisma.run.aggregate({ _max: { seq: true } });
  return _max.seq ?? 0;
}
