import "server-only";
import { isDeclaredSchedule } from "@/lib/contracts/schedules";
import type { Inferred } from "@/lib/domain/infer/infer-schedule";
import { database, type Reader } from "../db/database";
import { transact } from "../db/transaction";
import { asServiceError } from "../http/problem-answer";
import { log } from "../log";
import type { SeriesRow } from "../metrics/store";
import { storeOn } from "../metrics/store-on";
import { announceRun } from "../runs/touch";
import { WorkLimitError } from "../work/work-limit-error";
import { inferRun, lrKeyOf } from "./infer-run";

/** Of so many runs a sweep looks at the log. The others wait for the next one. */
const RUNS_A_SWEEP = 5;
const CANDIDATES = 200;
/** A live run's schedule is inferred anew when it has got this much further. */
const FURTHER = 1.25;

/** Lists, filters and comparisons go by the schedule that a run shows where it declares none. One run after the other. */
export async function keepInferred(): Promise<void> {
  const { reader } = await database();
  for (const id of await overdue(reader)) await keepOne(reader, id);
}

const NEVER = new AbortController().signal;

/**
 * What a run shows; null when it shows nothing, and when it cannot be told: a run that was given up is looked at again
 * when it has grown, not every few seconds. Throws only while the server is too busy to try.
 */
async function shownBy(
  id: string,
  lr: SeriesRow,
  run: { stepsPerEpoch: number | null },
): Promise<Inferred | null> {
  try {
    return await inferRun(lr, run, NEVER);
  } catch (err) {
    if (asServiceError(err).code === "unavailable" && !(err instanceof WorkLimitError)) throw err;
    log().warn({ err, run: id }, "the schedule that a run shows could not be told");
    return null;
  }
}

async function overdue({ prisma }: Reader): Promise<string[]> {
  const runs = await prisma.run.findMany({
    where: {
      schedule: null,
      deletedAt: null,
      lastStep: { not: null },
      OR: [{ inferredStep: null }, { inferredStep: { lt: prisma.run.fields.lastStep } }],
    },
    select: { id: true, status: true, lastStep: true, inferredStep: true },
    orderBy: { lastLoggedAt: "desc" },
    take: CANDIDATES,
  });
  const grown = runs.filter(
    ({ status, lastStep, inferredStep }) =>
      status !== "running" || inferredStep === null || (lastStep ?? 0) >= inferredStep * FURTHER,
  );
  return grown.slice(0, RUNS_A_SWEEP).map(({ id }) => id);
}

async function keepOne(reader: Reader, id: string): Promise<void> {
  const run = await reader.prisma.run.findUniqueOrThrow({
    where: { id },
    select: {
      lrMetric: true,
      stepsPerEpoch: true,
      lastStep: true,
      scheduleFamily: true,
      inferred: true,
      series: { select: { key: true, min: true, max: true } },
    },
  });
  const key = lrKeyOf(run);
  const [lr] = key === null ? [] : await storeOn(reader).findSeries(id, [key]);
  const found = lr ? await shownBy(id, lr, run) : null;
  // What a run could not declare is not kept for it either: an LR beyond all bounds makes such a schedule.
  const schedule = isDeclaredSchedule(found?.schedule) ? found.schedule : null;
  const inferred = schedule && JSON.stringify(schedule);
  await transact(async (tx) => {
    // A schedule that was declared meanwhile stands.
    const { count } = await tx.prisma.run.updateMany({
      where: { id, schedule: null },
      data: {
        inferred,
        inferredStep: run.lastStep,
        scheduleFamily: schedule && (found?.family ?? null),
        scheduleSource: schedule && "inferred",
      },
    });
    if (count > 0 && inferred !== run.inferred) await announceRun(tx, id, ["run"]);
  });
}
