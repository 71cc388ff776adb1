import "server-only";
import { nonfiniteNote } from "@/lib/domain/health/divergence";
import { lostNote } from "@/lib/domain/health/lost";
import type { HealthNote } from "@/lib/domain/health/note";
import { divergedKey, divergedNews } from "@/lib/domain/notify/news";
import { database, type Reader } from "../db/database";
import { transact } from "../db/transaction";
import { judgedLossOf } from "../health-notes/judged-loss";
import { readLosses } from "../health-notes/read-losses";
import { RUN_INCLUDE, type RunRow } from "../runs/serialize";
import { withSeries } from "../runs/with-series";
import { aboutRun, channelsFor, putNews } from "./outbox";

/** A run is looked at while it logs, and once more after its end: longer than the time between two looks. */
const FRESH_MS = 60_000;
/** A value that is not finite and has been the last word for so long counts as the last, as at the run's end. */
const LAST_WORD_MS = 15_000;
/** What is read of each series: a bucket's mean is a point. */
const BUCKETS = 1000;

/** Looks at the runs that logged lately for losses that were lost. Told once a run. */
export async function tellDiverged(now: Date): Promise<void> {
  const { reader } = await database();
  const channels = await channelsFor(reader, "diverged");
  if (channels.length === 0) return;
  const fresh = { gt: new Date(now.getTime() - FRESH_MS) };
  const runs = await reader.prisma.run.findMany({
    where: {
      deletedAt: null,
      archivedAt: null,
      OR: [{ lastLoggedAt: fresh }, { endedAt: fresh }],
    },
    select: { id: true, projectId: true },
  });
  for (const { id, projectId } of runs) {
    const hearing = channels.filter(
      (channel) => channel.projectId === null || channel.projectId === projectId,
    );
    const ids = hearing.map((channel) => channel.id);
    if (ids.length > 0) await tellRun(reader, id, ids, now);
  }
}

async function tellRun(reader: Reader, runId: string, channelIds: string[], now: Date): Promise<void> {
  const news = divergedKey(runId);
  const deliveries = await reader.prisma.notificationDelivery.findMany({
    where: { news },
    select: { channelId: true },
  });
  const told = new Set(deliveries.map(({ channelId }) => channelId));
  if (channelIds.every((id) => told.has(id))) return;
  const row = await reader.prisma.run.findFirst({
    where: { id: runId, deletedAt: null },
    include: { ...RUN_INCLUDE, project: { select: { id: true, name: true, primaryMetricKey: true } } },
  });
  const [run] = row ? await withSeries(reader.prisma, [row]) : [];
  const note = run && (await lossOf(reader, run, run.project.primaryMetricKey, now));
  if (!note) return;
  await transact(async (tx) => {
    const about = await aboutRun(tx, runId);
    await putNews(tx, channelIds, about, divergedNews(about.news, note), now);
  });
}

/** The first of a run's losses, then of its primary metric, that is worth an alarm. */
async function lossOf(
  db: Reader,
  run: RunRow,
  primary: string | null,
  now: Date,
): Promise<HealthNote | null> {
  const quietSince = run.lastLoggedAt?.getTime() ?? now.getTime();
  const ended = run.status !== "running" || now.getTime() - quietSince >= LAST_WORD_MS;
  const curves = await readLosses(db, run, { buckets: BUCKETS });
  const { train, validation, lrs, read } = curves;
  const judged = await judgedLossOf(db, run, curves);
  const notes = [train, validation].map((curve) => {
    if (!curve) return null;
    // The validation's loss alone is judged where the training's is not the goal.
    const isGoal = judged.whyNot === null && (curve === validation || judged.loss === curve.key);
    return (isGoal ? lostNote : nonfiniteNote)(curve.key, curve.points, lrs, ended);
  });
  const lost = notes.find((note) => note?.severity === "critical");
  if (lost) return lost;
  const metric = primary === null ? null : await read(primary);
  const note = metric && nonfiniteNote(metric.key, metric.points, lrs, ended);
  return note?.severity === "critical" ? note : null;
}
