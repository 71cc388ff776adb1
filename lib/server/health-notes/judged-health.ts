import "server-only";
import type { HealthQuery } from "@/lib/contracts/health-notes";
import { judgeHealth } from "@/lib/domain/health/judge";
import type { HealthNote } from "@/lib/domain/health/note";
import type { Reader } from "../db/database";
import { findRun } from "../runs/get-run";
import { notTheGoalOf } from "./not-the-goal";
import { readLosses } from "./read-losses";

const BUCKETS = 4000;

export interface JudgedHealth {
  notes: HealthNote[];
  /** The losses that were looked at: training, then validation. */
  judged: string[];
  /** Why a rise of the loss is not held against the run. */
  notTheGoal: string | null;
}

/** What the run's losses say about its LR. @throws ServiceError not_found */
export async function judgedHealth(
  db: Pick<Reader, "prisma" | "native">,
  runId: string,
  query: HealthQuery,
): Promise<JudgedHealth> {
  const run = await findRun(db, runId);
  const curves = await readLosses(db, run, { ...query, buckets: BUCKETS });
  const { train, validation, lrs } = curves;
  // Who names a loss wants it judged.
  const notTheGoal = query.metric === undefined ? await notTheGoalOf(db, run, curves) : null;
  return {
    notes: judgeHealth({ train, validation, lrs, ended: run.status !== "running", notTheGoal }),
    judged: [train, validation].flatMap((curve) => (curve ? [curve.key] : [])),
    notTheGoal,
  };
}
