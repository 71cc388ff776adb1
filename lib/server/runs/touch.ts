import "server-only";
import { RunStatus } from "@/lib/contracts/runs";
import type { RunChanged } from "@/lib/contracts/events";
import type { WriteTx } from "../transaction";

/** Gives the run this transaction's number and announces the change once it is committed. */
export async function announceRun(tx: WriteTx, runId: string, what: RunChanged["what"]): Promise<void> {
  const run = await tx.prisma.run.update({
    where: { id: runId },
    data: { seq: tx.seq },
    select: { projectId: true, status: true, lastStep: true },
  });
  tx.changes.push({
    run_id: runId,
    project_id: run.projectId,
    status: RunStatus.parse(run.status),
    last_step: run.lastStep,
    what,
    seq: tx.seq,
  });
}
