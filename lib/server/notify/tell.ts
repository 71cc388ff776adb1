import "server-only";
import { toWire } from "@/lib/contracts/wire-number";
import type { Finding } from "@/lib/domain/audit/report";
import { driftedNews, finishedNews, type News, recommendedNews } from "@/lib/domain/notify/news";
import { storeOn } from "../metrics/store-on";
import type { WriteTx } from "../transaction";
import { type About, aboutRun, channelsFor, LIVE, putNews } from "./outbox";

type Rates = number | readonly number[] | null;

/** A control request of a policy waits for a person. */
export async function tellRecommended(
  tx: WriteTx,
  request: { id: string; runId: string; reason: string; expiresAt: Date },
  change: { factor: number; current: Rates; target: Rates },
  now: Date,
): Promise<void> {
  await tell(tx, request.runId, "recommended", now, ({ news: run }) =>
    recommendedNews(run, {
      ...change,
      control_id: request.id,
      reason: request.reason,
      expires_at: request.expiresAt.toISOString(),
    }),
  );
}

/** The audit found why the run's LR is not what its schedule says. */
export async function tellDrifted(tx: WriteTx, runId: string, fault: Finding, now: Date): Promise<void> {
  await tell(tx, runId, "drifted", now, ({ news: run }) => driftedNews(run, fault));
}

/** The run ended: its row says how. */
export async function tellFinished(tx: WriteTx, runId: string, now: Date): Promise<void> {
  await tell(tx, runId, "finished", now, async ({ news: run, project, startedAt, endedAt }) =>
    finishedNews(run, {
      started_at: startedAt,
      ended_at: endedAt ?? now,
      best: await bestOf(tx, runId, project),
    }),
  );
}

async function tell(
  tx: WriteTx,
  runId: string,
  event: News["event"],
  now: Date,
  newsOf: (about: About) => News | null | Promise<News | null>,
): Promise<void> {
  if ((await tx.prisma.notificationChannel.count({ where: LIVE })) === 0) return;
  const about = await aboutRun(tx, runId);
  const channels = await channelsFor(tx, event, about.project.id);
  if (channels.length === 0) return;
  const news = await newsOf(about);
  if (news === null) return;
  await putNews(
    tx,
    channels.map(({ id }) => id),
    about,
    news,
    now,
  );
}

/** The project's primary metric in a run; null when it was not logged or never finite. */
async function bestOf(tx: WriteTx, runId: string, project: About["project"]) {
  const { primaryMetricKey: metric, primaryMetricMode: mode } = project;
  if (metric === null) return null;
  const [row] = await storeOn(tx).findSeries(runId, [metric]);
  const best = mode === "max" ? row?.max : row?.min;
  return row && best !== null && best !== undefined ? { metric, best, last: toWire(row.last) } : null;
}
