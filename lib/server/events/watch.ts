import "server-only";
import type { RunChanged, StreamFrame } from "@/lib/contracts/events";
import { RunStatus } from "@/lib/contracts/runs";
import type { RunChange } from "../db/transaction";
import type { Reader } from "../db/database";

export interface Watched {
  projectId?: string;
  runId?: string;
}

/** PostgreSQL's numbers may become visible out of order; frames may repeat, so looking back a little costs nothing. */
const LOOK_BACK = 64;
const PAGE = 1000;
const EVERYTHING: RunChanged["what"] = ["run", "metrics", "control", "plateau"];

export const concerns = ({ projectId, runId }: Watched, change: RunChanged): boolean =>
  (runId === undefined || change.run_id === runId) &&
  (projectId === undefined || change.project_id === projectId);

export function toFrame({ seq, ...data }: RunChange): StreamFrame {
  return { event: "run", id: String(seq), data };
}

/** What changed since the reader was last here: where each run stands now, not everything that happened. */
export async function backlog(
  { prisma, native }: Reader,
  watched: Watched,
  since: number,
): Promise<StreamFrame[]> {
  const rows = await prisma.run.findMany({
    where: {
      seq: { gt: native ? since : since - LOOK_BACK },
      id: watched.runId,
      projectId: watched.projectId,
    },
    select: { id: true, projectId: true, status: true, lastStep: true, seq: true },
    orderBy: { seq: "asc" },
    take: PAGE,
  });
  const frames = rows.map((row) =>
    toFrame({
      run_id: row.id,
      project_id: row.projectId,
      status: RunStatus.parse(row.status),
      last_step: row.lastStep,
      what: EVERYTHING,
      seq: row.seq,
    }),
  );
  const last = rows.at(-1);
  if (!last || rows.length < PAGE) return frames;
  return [...frames, ...(await backlog({ prisma, native }, watched, last.seq))];
}

export async function currentSeq({ prisma }: Reader): Promise<number> {
  const { _max } = await prisma.run.aggregate({ _max: { seq: true } });
  return _max.seq ?? 0;
}
