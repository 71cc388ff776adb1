import "server-only";
import { Rates } from "@/lib/contracts/control";
import { lrKeysByGroup } from "@/lib/domain/control/lr-groups";
import { sameLr, type Lrs } from "@/lib/domain/control/same-lr";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import { decodeValue } from "@/lib/domain/metrics/nonfinite";
import { inChunks } from "../db/chunks";
import type { WriteTx } from "../transaction";
import { declaredSchedule, holdsStill } from "../schedules/declared-lr";
import { appliedChanges, effectiveAt } from "../schedules/effective-lr";
import { requireNear } from "../schedules/near-step";
import { parseStored } from "../stored-json";

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
  /** A number, or one per param group where each is known; null when unknown. */
  lrs: Lrs | null;
  /** Does the LR stay there unless somebody moves it? Then a request may insist on it. */
  still: boolean;
  /** A floor holds the LR: the job's scale has gone below what its LR shows, so a factor would not be felt. */
  floored: boolean;
}

/**
 * The LR that the job has now: what it logged last, or what it said that it set, whichever is later; else what its
 * declared schedule and the applied changes lead to.
 */
export async function currentLrs(tx: Connection, run: LoggingRun): Promise<CurrentLrs> {
  const logged = await loggedLrs(tx, run);
  const change = await lastChange(tx, run.id);
  const stood = await stoodStill(tx, logged?.seriesId);
  const still = holdsStill(run.schedule) && (run.schedule !== null || stood);
  const floored = change?.floored ?? false;
  if (change && change.step > (logged?.step ?? -1)) return { lrs: change.lrs, still, floored };
  if (logged) return { lrs: logged.lrs, still, floored };
  return { lrs: await declaredLrs(tx, run), still: false, floored };
}

interface Known {
  step: number;
  lrs: Lrs;
}

/** What was logged last, where each group's LR is finite. */
async function loggedLrs(tx: Connection, run: LoggingRun): Promise<(Known & { seriesId: number }) | null> {
  const rows = await lrRows(tx, run);
  const [first] = rows;
  const last = rows.map((row) => decodeValue(row.last, row.lastNonfinite));
  return first && last.every(Number.isFinite)
    ? { step: first.lastStep, lrs: listed(last), seriesId: first.id }
    : null;
}

/** The LR series of a run, by param group. */
async function lrRows(tx: Connection, run: Omit<LoggingRun, "schedule">) {
  const keys = await lrKeys(tx, run);
  const rows = await inChunks(keys, (some) =>
    tx.prisma.series.findMany({ where: { runId: run.id, key: { in: some } } }),
  );
  return keys.flatMap((key) => rows.filter((row) => row.key === key));
}

const listed = (lrs: readonly number[]): Lrs => (lrs.length === 1 ? (lrs[0] ?? lrs) : lrs);

/** What the job said of its last change. */
async function lastChange(
  { prisma }: Connection,
  runId: string,
): Promise<(Known & { floored: boolean }) | null> {
  const row = await prisma.controlRequest.findFirst({
    where: {
      runId,
      status: { in: ["applied", "verified"] },
      appliedStep: { not: null },
      appliedLr: { not: null },
    },
    orderBy: [{ appliedStep: "desc" }, { createdAt: "desc" }],
  });
  if (!row || row.appliedStep === null || row.appliedLr === null) return null;
  const lrs = parseStored(Rates, row.appliedLr);
  const floor = row.minLr ?? 0;
  const floored = floor > 0 && (typeof lrs === "number" ? [lrs] : lrs).some((lr) => sameLr(lr, floor));
  return { step: row.appliedStep, lrs, floored };
}

/** What the declared schedule and the applied changes lead to at the run's last step; null without a schedule. */
async function declaredLrs({ prisma }: Connection, { id, schedule }: LoggingRun): Promise<Lrs | null> {
  if (schedule === null) return null;
  const run = await prisma.run.findUniqueOrThrow({
    where: { id },
    select: { schedule: true, stepsPerEpoch: true, totalSteps: true, lastStep: true },
  });
  const compiled = declaredSchedule(run);
  // A rule that follows a metric says only where it began.
  if (!compiled || (compiled.needsMetrics && run.lastStep !== null)) return null;
  requireNear(compiled, run.lastStep ?? 0);
  const changes = await appliedChanges({ prisma }, id);
  const lrs = effectiveAt(compiled, changes, [run.lastStep ?? 0]).map(([lr = Number.NaN]) => lr);
  return lrs.every(Number.isFinite) ? listed(lrs) : null;
}

/** The rates that the run began with, by param group, as far as they are logged. */
export async function firstLrs(tx: Connection, run: Omit<LoggingRun, "schedule">): Promise<number[] | null> {
  const first = (await lrRows(tx, run)).map((row) => decodeValue(row.first, row.firstNonfinite));
  return first.length > 0 && first.every(Number.isFinite) ? first : null;
}

/** Without a declared schedule the log is all there is: an LR that moved at the last step may move at the next. */
async function stoodStill({ prisma }: Connection, seriesId: number | undefined): Promise<boolean> {
  if (seriesId === undefined) return false;
  const [now, before] = await prisma.observation.findMany({
    where: { seriesId },
    orderBy: [{ step: "desc" }, { time: "desc" }],
    take: 2,
    select: { value: true },
  });
  return now !== undefined && before !== undefined && sameLr(now.value, before.value);
}
