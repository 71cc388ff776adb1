import "server-only";
import { z } from "zod";
import type { DeletedItem, DeletedPage, DeletedQuery } from "@/lib/contracts/deleted";
import type { DeletedKind } from "@/lib/contracts/words";
import { RESTORABLE_MS } from "@/lib/domain/runs/restorable";
import { type Ctx, requireScope } from "../context";
import type { Reader } from "../db/database";
import { CursorText, CursorTime, decodeCursor, toPage } from "../http/cursor";

const Key = z.tuple([CursorTime, CursorText]);

interface Row {
  id: string;
  name: string;
  project: DeletedItem["project"];
  deletedAt: Date | null;
}

/** What was deleted and can be restored, the latest first. What is due to be purged is not offered any more. */
export async function listDeleted(ctx: Ctx, { kind, limit, cursor }: DeletedQuery): Promise<DeletedPage> {
  requireScope(ctx, "runs:read");
  const key = decodeCursor(Key, cursor);
  const since = kind === "project" ? undefined : new Date(Date.now() - RESTORABLE_MS);
  const where = {
    deletedAt: { not: null, gte: since },
    ...(key ? { OR: [{ deletedAt: { lt: key[0] } }, { deletedAt: key[0], id: { lt: key[1] } }] } : {}),
  };
  const rows = await FIND[kind](ctx.db, where, limit + 1);
  return toPage(
    rows,
    limit,
    ({ deletedAt, id }) => [(deletedAt ?? new Date(0)).toISOString(), id],
    (row) => wireItem(kind, row),
  );
}

interface Where {
  deletedAt: { not: null; gte: Date | undefined };
  OR?: ({ deletedAt: { lt: string } } | { deletedAt: string; id: { lt: string } })[];
}

const ORDER: [{ deletedAt: "desc" }, { id: "desc" }] = [{ deletedAt: "desc" }, { id: "desc" }];
const OF_PROJECT = {
  id: true,
  name: true,
  deletedAt: true,
  project: { select: { id: true, name: true } },
} as const;

const FIND: Record<DeletedKind, (db: Reader, where: Where, take: number) => Promise<Row[]>> = {
  run: ({ prisma }, where, take) => prisma.run.findMany({ where, take, orderBy: ORDER, select: OF_PROJECT }),
  project: async ({ prisma }, where, take) => {
    const rows = await prisma.project.findMany({ where, take, orderBy: ORDER });
    return rows.map(({ id, name, deletedAt }) => ({ id, name, deletedAt, project: null }));
  },
  channel: ({ prisma }, where, take) =>
    prisma.notificationChannel.findMany({ where, take, orderBy: ORDER, select: OF_PROJECT }),
};

function wireItem(kind: DeletedKind, { id, name, project, deletedAt }: Row): DeletedItem {
  const at = deletedAt ?? new Date(0);
  return {
    kind,
    id,
    name,
    project,
    deleted_at: at.toISOString(),
    restorable_until: kind === "project" ? null : new Date(at.getTime() + RESTORABLE_MS).toISOString(),
  };
}
