import "server-only";
import { database, type Reader } from "../db/database";
import { transact } from "../db/transaction";
import { storeOn } from "../metrics/store-on";
import { announceRun } from "../runs/touch";
import { inferRun, lrKeyOf } from "./infer-run";

/** Of so many runs a sweep looks at the log. The others wait for the next one. */
const RUNS_A_SWEEP = 5;
const CANDIDATES = 200;
/** A live run's schedule is inferred anew when it has got this much further. */
const FURTHER = 1.25;

/** Lists, filters and comparisons go by the schedule that a run shows where it declares none. */
export async function keepInferred(): Promise<void> {
  const { reader } = await database();
  for (const id of await overdue(reader)) await keepOne(reader, id);
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
  const store = storeOn(reader);
  const key = lrKeyOf(run);
  const [lr] = key === null ? [] : await store.findSeries(id, [key]);
  const found = lr ? await inferRun(store, run, lr) : null;
  const schedule = found?.schedule ?? null;
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
