import "server-only";
import type { Heard } from "@/lib/domain/runs/liveness";

/** When a run was last heard of, from its row. */
export const heardOf = (row: {
  status: string;
  startedAt: Date;
  lastLoggedAt: Date | null;
  logGap: number | null;
}): Heard => ({
  status: row.status,
  at: (row.lastLoggedAt ?? row.startedAt).getTime(),
  gap: row.logGap,
});
