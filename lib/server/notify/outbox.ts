import "server-only";
import type { NewsEvent } from "@/lib/contracts/notifications";
import type { News } from "@/lib/domain/notify/news";
import { newId } from "../ids";
import type { WriteTx } from "../transaction";
import { type Payload, wantedOf } from "./stored";

interface Asked {
  id: string;
  stalledMinutes: number;
  updatedAt: Date;
  projectId: string | null;
}

/** Of a channel: news goes there. */
export const LIVE = { enabled: true, deletedAt: null };

/** The channels that want such news, of one project or of any. */
export async function channelsFor(
  { prisma }: Pick<WriteTx, "prisma">,
  event: NewsEvent,
  projectId?: string,
): Promise<Asked[]> {
  const rows = await prisma.notificationChannel.findMany({
    where: {
      ...LIVE,
      ...(projectId === undefined ? {} : { OR: [{ projectId: null }, { projectId }] }),
    },
    select: { id: true, events: true, updatedAt: true, projectId: true },
  });
  return rows.flatMap(({ events, ...row }) => {
    const { kinds, stalled_minutes } = wantedOf({ events });
    return kinds.includes(event) ? [{ ...row, stalledMinutes: stalled_minutes }] : [];
  });
}

/** What every message needs to know of the run. */
export async function aboutRun({ prisma }: Pick<WriteTx, "prisma">, runId: string) {
  const { project, ...run } = await prisma.run.findUniqueOrThrow({
    where: { id: runId },
    select: {
      id: true,
      name: true,
      status: true,
      lastStep: true,
      startedAt: true,
      endedAt: true,
      project: { select: { id: true, name: true, primaryMetricKey: true, primaryMetricMode: true } },
    },
  });
  return {
    news: { id: run.id, name: run.name, status: run.status, last_step: run.lastStep },
    project,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
  };
}

export type About = Awaited<ReturnType<typeof aboutRun>>;

/**
 * Puts a message for each channel into the outbox, in the transaction that made the news: it is sent if and only if the
 * news is true. What a channel was told before stays as it is.
 */
export async function putNews(
  { prisma }: Pick<WriteTx, "prisma">,
  channelIds: readonly string[],
  about: About,
  news: News,
  now: Date,
): Promise<void> {
  const payload: Payload = {
    event: news.event,
    happened_at: now.getTime() / 1000,
    title: news.title,
    message: news.message,
    project: { id: about.project.id, name: about.project.name },
    run: about.news,
    details: news.details,
  };
  for (const channelId of channelIds) {
    await prisma.notificationDelivery.upsert({
      where: { channelId_news: { channelId, news: news.key } },
      update: {},
      create: {
        id: newId(),
        channelId,
        event: news.event,
        news: news.key,
        runId: about.news.id,
        payload: JSON.stringify(payload),
        status: "pending",
        dueAt: now,
        createdAt: now,
      },
    });
  }
}
