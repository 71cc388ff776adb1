import "server-only";
import { RESTORABLE_MS } from "@/lib/domain/runs/restorable";
import { keepInferred } from "./audit/keep-inferred";
import { claimControl, moveControl, stateAfter } from "./control/transition";
import { catchUp, runsBehind } from "./plateau/catch-up";
import { database } from "./db/database";
import { transact, type WriteTx } from "./db/transaction";
import { every } from "./every";
import { log } from "./log";
import { announceRun } from "./runs/touch";
import { keepVerdicts } from "./verdicts/keep-verdicts";

const SWEEP_MS = 30_000;
const INFER_MS = 5000;
const JUDGE_MS = 2000;
const PURGE_MS = 6 * 3_600_000;
const DAY_MS = 86_400_000;
/** A client retries a batch within minutes; nobody asks for its id after this. */
const BATCH_MS = 7 * DAY_MS;
const SERIES_PER_COMMIT = 20;

const shared = globalThis as { __lrscopeMaintenance?: boolean; __lrscopeShutdown?: Set<() => void> };

/** Starts what has to happen without anybody asking: requests expire, what was deleted goes for good. Once a process. */
export function startMaintenance(): void {
  if (shared.__lrscopeMaintenance) return;
  shared.__lrscopeMaintenance = true;
  const sweep = setInterval(() => void quietly(expireOverdueRequests), SWEEP_MS);
  const stopInferring = every("inferring schedules", INFER_MS, keepInferred);
  const stopCatchingUp = every("catching up", SWEEP_MS, catchUpAll);
  const stopJudging = every("judging runs", JUDGE_MS, keepVerdicts);
  const purge = setInterval(() => void quietly(purgeOld), PURGE_MS);
  sweep.unref();
  purge.unref();
  void quietly(purgeOld);
  (shared.__lrscopeShutdown ??= new Set()).add(() => {
    clearInterval(sweep);
    stopInferring();
    stopCatchingUp();
    stopJudging();
    clearInterval(purge);
  });
}

async function quietly(work: (now: Date) => Promise<void>): Promise<void> {
  await work(new Date()).catch((err: unknown) =>
    log().error({ err }, "maintenance failed; it will be tried again"),
  );
}

/** Policies whose catching up was cut off. */
async function catchUpAll(): Promise<void> {
  for (const id of await runsBehind()) await catchUp(id);
}

/** Requests that nobody decided or took in time, on runs that do not call any more either. */
export async function expireOverdueRequests(now: Date): Promise<void> {
  const where = { status: { in: ["recommended", "approved", "delivered"] }, expiresAt: { lte: now } };
  const { reader } = await database();
  if ((await reader.prisma.controlRequest.count({ where })) === 0) return;
  await transact(async (tx) => {
    const rows = await tx.prisma.controlRequest.findMany({
      where,
      select: { id: true },
      orderBy: { runId: "asc" },
    });
    for (const { id } of rows) {
      const row = await claimControl(tx, id);
      if (!["recommended", "approved", "delivered"].includes(row.status) || row.expiresAt > now) continue;
      await moveControl(tx, row, { to: stateAfter(row, "expire"), by: "server", now });
      await announceRun(tx, row.runId, ["control"]);
    }
  });
}

export async function purgeOld(now: Date): Promise<void> {
  const deletedAt = { lt: new Date(now.getTime() - RESTORABLE_MS) };
  await transact(async ({ prisma }) => {
    await prisma.batch.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - BATCH_MS) } } });
    await prisma.notificationChannel.deleteMany({ where: { deletedAt } });
  });
  const { reader } = await database();
  const gone = await reader.prisma.run.findMany({
    where: { deletedAt },
    select: { id: true, series: { select: { id: true } } },
  });
  for (const run of gone) {
    const ids = run.series.map(({ id }) => id);
    for (let i = 0; i < ids.length; i += SERIES_PER_COMMIT) {
      await transact((tx) => deleteSeries(tx, ids.slice(i, i + SERIES_PER_COMMIT)));
    }
    await transact(async ({ prisma }) => {
      await prisma.run.deleteMany({ where: { id: run.id, deletedAt: { not: null } } });
    });
    log().info({ run: run.id }, "purged a run that was deleted 30 days ago");
  }
}

async function deleteSeries({ prisma }: WriteTx, ids: number[]): Promise<void> {
  await prisma.observation.deleteMany({ where: { seriesId: { in: ids } } });
  await prisma.rollup.deleteMany({ where: { seriesId: { in: ids } } });
  await prisma.series.deleteMany({ where: { id: { in: ids } } });
}
