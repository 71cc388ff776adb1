import "server-only";
import { stalledKey, stalledNews } from "@/lib/domain/notify/news";
import { database } from "../db/database";
import { transact } from "../db/transaction";
import { aboutRun, channelsFor, putNews } from "./outbox";

const MINUTE_MS = 60_000;
/** An older silence is no news any more. Shorter than deliveries are kept, or it would be told again. */
const OLDEST_MS = 14 * 24 * 60 * MINUTE_MS;

type Asked = Awaited<ReturnType<typeof channelsFor>>[number];

/**
 * Looks for running runs that fell silent. A silence that had lasted long enough before the channel was last changed is
 * no news to it: a new channel is not told of every run that anybody ever abandoned.
 */
export async function tellStalled(now: Date): Promise<void> {
  const { reader } = await database();
  for (const channel of await channelsFor(reader, "stalled")) {
    for (const { id, since } of await silentRuns(channel, now)) {
      await transact(async (tx) => {
        const about = await aboutRun(tx, id);
        await putNews(tx, [channel.id], about, stalledNews(about.news, since, channel.stalledMinutes), now);
      });
    }
  }
}

/** Those that the channel has not been told of. */
async function silentRuns({ id: channelId, stalledMinutes, updatedAt, projectId }: Asked, now: Date) {
  const { reader } = await database();
  const ms = stalledMinutes * MINUTE_MS;
  const oldest = Math.max(updatedAt.getTime() - ms, now.getTime() - OLDEST_MS);
  const silent = { gt: new Date(oldest), lte: new Date(now.getTime() - ms) };
  const runs = await reader.prisma.run.findMany({
    where: {
      status: "running",
      deletedAt: null,
      archivedAt: null,
      projectId: projectId ?? undefined,
      OR: [{ lastLoggedAt: silent }, { lastLoggedAt: null, createdAt: silent }],
    },
    select: { id: true, lastLoggedAt: true, createdAt: true },
  });
  if (runs.length === 0) return [];
  const told = await reader.prisma.notificationDelivery.findMany({
    where: { channelId, event: "stalled", createdAt: { gt: silent.gt } },
    select: { news: true },
  });
  const known = new Set(told.map(({ news }) => news));
  return runs
    .map(({ id, lastLoggedAt, createdAt }) => ({ id, since: lastLoggedAt ?? createdAt }))
    .filter((run) => !known.has(stalledKey(run.id, run.since)));
}
