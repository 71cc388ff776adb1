import "server-only";
import { z } from "zod";
import type { Delivery, ListDeliveriesQuery } from "@/lib/contracts/notifications";
import { type Ctx, requireScope } from "../context";
import { CursorText, CursorTime, decodeCursor, toPage } from "../http/cursor";
import { findChannel } from "./list-channels";
import { toWireDelivery, WITH_CHANNEL } from "./serialize";

const Key = z.tuple([CursorTime, CursorText]);

/** Newest first. @throws ServiceError not_found for an unknown channel */
export async function listDeliveries(
  ctx: Ctx,
  { limit, cursor, channel }: ListDeliveriesQuery,
): Promise<{ items: Delivery[]; next_cursor: string | null }> {
  requireScope(ctx, "projects:read");
  const after = decodeCursor(Key, cursor);
  if (channel !== undefined) await findChannel(ctx.db, channel);
  const rows = await ctx.db.prisma.notificationDelivery.findMany({
    where: {
      channelId: channel,
      channel: { deletedAt: null },
      ...(after
        ? { OR: [{ createdAt: { lt: after[0] } }, { createdAt: after[0], id: { lt: after[1] } }] }
        : {}),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    include: WITH_CHANNEL,
  });
  return toPage(rows, limit, (row) => [row.createdAt.toISOString(), row.id], toWireDelivery);
}
