import "server-only";
import { z } from "zod";
import type { PageQuery } from "@/lib/contracts/common";
import type { Channel } from "@/lib/contracts/notifications";
import { type Ctx, requireScope } from "../context";
import type { Tx } from "../db/database";
import { notFound } from "../errors";
import { CursorText, CursorTime, decodeCursor, toPage } from "../http/cursor";
import { toWireChannel } from "./serialize";
import { type ChannelRow, WITH_PROJECT } from "./stored";

const Key = z.tuple([CursorTime, CursorText]);

/** Oldest first, so that the list keeps its order. */
export async function listChannels(
  ctx: Ctx,
  { limit, cursor }: z.infer<typeof PageQuery>,
): Promise<{ items: Channel[]; next_cursor: string | null }> {
  requireScope(ctx, "projects:read");
  const after = decodeCursor(Key, cursor);
  const rows = await ctx.db.prisma.notificationChannel.findMany({
    where: {
      deletedAt: null,
      ...(after
        ? { OR: [{ createdAt: { gt: after[0] } }, { createdAt: after[0], id: { gt: after[1] } }] }
        : {}),
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: limit + 1,
    include: WITH_PROJECT,
  });
  return toPage(rows, limit, (row) => [row.createdAt.toISOString(), row.id], toWireChannel);
}

/** @throws ServiceError not_found */
export async function findChannel({ prisma }: Pick<Tx, "prisma">, id: string): Promise<ChannelRow> {
  const row = await prisma.notificationChannel.findFirst({
    where: { id, deletedAt: null },
    include: WITH_PROJECT,
  });
  if (!row) throw notFound(`notification channel ${id}`);
  return row;
}
