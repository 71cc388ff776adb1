import "server-only";
import type { RunChanged, StreamFrame } from "@/lib/contracts/events";
import { RunStatus } from "@/lib/contracts/runs";
import { settledNumber } from "../db/change-numbers";
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

const EVERYTHING: RunChanged["what"] = ["run", "metrics", "control", "plateau"];

export const concerns = ({ projectId, runId }: Watched, change: RunChanged): boolean =>
  (runId === undefined || change.run_id === runId) &&
  (projectId === undefined || change.project_id === projectId);

/** Before every run whose change a reader with this number may have missed. */
export const placeAfter = (seq: number): Place => ({ seq: seq + 1, id: "" });

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
 * `complete`, the number before it: a reader whose connection is cut between two of them misses none. Nor does one
 * that is sent a change while one with a lower number is under way: no number above `settled` goes out.
 * `following` is the change that comes next, where it is known.
 */
export function framesOf(
  changes: readonly RunChange[],
  complete: number,
  settled: number,
  following?: RunChange,
): StreamFrame[] {
  let before = complete;
  return changes.map(({ seq, ...data }, i) => {
    const next = changes[i + 1] ?? following;
    if (next?.seq !== seq && seq <= settled) before = Math.max(before, seq);
    return { event: "run", id: String(before), data };
  });
}

/** The newest change, and the number up to which none is under way. */
export interface Newest {
  seq: number;
  settled: number;
}

export async function newest(db: Reader): Promise<Newest> {
  const settled = await settledNumber(db);
  const { _max } = await db.prisma.run.aggregate({ _max: { seq: true } });
  return { seq: _max.seq ?? 0, settled };
}
