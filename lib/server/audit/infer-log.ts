import "server-only";
import { type Inferred, inferSchedule } from "@/lib/domain/infer/infer-schedule";
import type { SeriesRow } from "../metrics/store";
import type { TaskDb } from "../work/task";
import { readLrLog } from "./read-lr-log";

export interface InferredLog {
  lr: SeriesRow;
  stepsPerEpoch: number | null;
}

/** Fewer points than this show no schedule. */
const LEAST_POINTS = 3;

/** What the logged LR shows; null when too little of it was logged. */
export async function inferLog({ lr, stepsPerEpoch }: InferredLog, db: TaskDb): Promise<Inferred | null> {
  const log = (await readLrLog(await db.store(), lr)).filter(
    (point) => Number.isFinite(point.lr) && point.lr >= 0,
  );
  if (log.length < LEAST_POINTS) return null;
  return inferSchedule(
    log.map(({ step }) => step),
    log.map((point) => point.lr),
    { stepsPerEpoch },
  );
}
