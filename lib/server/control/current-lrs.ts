import "server-only";
import { lrKeysByGroup } from "@/lib/domain/control/lr-groups";
import { sameLr, type Lrs } from "@/lib/domain/control/same-lr";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import { decodeValue } from "@/lib/domain/metrics/nonfinite";
import { inChunks } from "../db/chunks";
import type { WriteTx } from "../transaction";
import { holdsStill } from "../schedules/declared-lr";

interface LoggingRun {
  id: string;
  lrMetric: string | null;
  schedule: string | null;
}

type Connection = Pick<WriteTx, "prisma">;

/** The metrics that hold the LR, by param group; empty when the run logs none that we recognise. */
export async function lrKeys({ prisma }: Connection, run: Omit<LoggingRun, "schedule">): Promise<string[]> {
  const rows = await prisma.series.findMany({
    where: { runId: run.id },
    select: { key: true, min: true, max: true },
  });
  const keys = rows.map(({ key }) => key);
  const first = run.lrMetric ?? findLrKey(rows);
  return first === null || !keys.includes(first) ? [] : lrKeysByGroup(keys, first);
}

export interface CurrentLrs {
  /** What was logged last: a number, or one per param group where each is logged; null when unknown. */
  lrs: Lrs | null;
  /** Does the LR stay there unless somebody moves it? Then a request may insist on it. */
  still: boolean;
}

export async function currentLrs(tx: Connection, run: LoggingRun): Promise<CurrentLrs> {
  const keys = await lrKeys(tx, run);
  const rows = await inChunks(keys, (some) =>
    tx.prisma.series.findMany({ where: { runId: run.id, key: { in: some } } }),
  );
  const last = keys.map((key) => {
    const row = rows.find((series) => series.key === key);
    return row ? decodeValue(row.last, row.lastNonfinite) : Number.NaN;
  });
  const [first] = last;
  if (first === undefined || !last.every(Number.isFinite)) return { lrs: null, still: false };
  const stood = await stoodStill(tx, rows.find(({ key }) => key === keys[0])?.id);
  return {
    lrs: last.length === 1 ? first : last,
    still: holdsStill(run.schedule) && (run.schedule !== null || stood),
  };
}

/** Without a declared schedule the log is all there is: an LR that moved at the last step may move at the next. */
async function stoodStill({ prisma }: Connection, seriesId: number | undefined): Promise<boolean> {
  const [now, before] = await prisma.observation.findMany({
    where: { seriesId },
    orderBy: [{ step: "desc" }, { time: "desc" }],
    take: 2,
    select: { value: true },
  });
  return now !== undefined && before !== undefined && sameLr(now.value, before.value);
}
