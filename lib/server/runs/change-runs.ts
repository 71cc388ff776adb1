import "server-only";
import { type BulkBody, RunStatus } from "@/lib/contracts/runs";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { type Ctx, requireScope } from "../context";
import { chunksOf, inChunks } from "../db/chunks";
import { notFound } from "../errors";
import { withTransaction, type WriteTx } from "../transaction";

const MAX_NAMED = 3;

/** One change to several runs, all or none. @throws ServiceError not_found naming runs that are not there */
export async function changeRuns(ctx: Ctx, body: BulkBody): Promise<{ changed: string[] }> {
  requireScope(ctx, "runs:write");
  const ids = [...new Set(body.runs)];
  const now = new Date();
  return withTransaction(ctx, async (tx) => {
    await requireRuns(tx, ids, body.action === "restore");
    const rows = await inChunks(ids, (some) =>
      tx.prisma.run.findMany({ where: { id: { in: some }, ...toChange(body) }, select: { id: true } }),
    );
    const changed = rows.map(({ id }) => id);
    for (const some of chunksOf(changed)) {
      await change(tx, body, some, now);
      await announce(tx, some);
    }
    return { changed };
  });
}

/** A deleted run is there for nothing but to be restored. */
async function requireRuns({ prisma }: WriteTx, ids: readonly string[], deletedToo: boolean): Promise<void> {
  const found = await inChunks(ids, (some) =>
    prisma.run.findMany({
      where: { id: { in: some }, ...(deletedToo ? {} : { deletedAt: null }) },
      select: { id: true },
    }),
  );
  const known = new Set(found.map(({ id }) => id));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length === 0) return;
  const more = missing.length > MAX_NAMED ? ` and ${missing.length - MAX_NAMED} more` : "";
  throw notFound(`run ${missing.slice(0, MAX_NAMED).join(", ")}${more}`);
}

/** Runs that are not so already. */
function toChange(body: BulkBody): Prisma.RunWhereInput {
  switch (body.action) {
    case "tag":
      return { tags: { none: { tag: body.tag } } };
    case "untag":
      return { tags: { some: { tag: body.tag } } };
    case "archive":
      return { archivedAt: null };
    case "unarchive":
      return { archivedAt: { not: null } };
    case "delete":
      return { deletedAt: null };
    case "restore":
      return { deletedAt: { not: null } };
  }
}

async function change({ prisma }: WriteTx, body: BulkBody, ids: string[], now: Date): Promise<void> {
  const where = { id: { in: ids } };
  switch (body.action) {
    case "tag":
      await prisma.runTag.createMany({ data: ids.map((runId) => ({ runId, tag: body.tag })) });
      return;
    case "untag":
      await prisma.runTag.deleteMany({ where: { runId: { in: ids }, tag: body.tag } });
      return;
    case "archive":
    case "unarchive":
      await prisma.run.updateMany({ where, data: { archivedAt: body.action === "archive" ? now : null } });
      return;
    case "delete":
    case "restore":
      await prisma.run.updateMany({ where, data: { deletedAt: body.action === "delete" ? now : null } });
  }
}

/** Gives all of them this transaction's number, and says that they changed. */
async function announce(tx: WriteTx, ids: string[]): Promise<void> {
  const where = { id: { in: ids } };
  await tx.prisma.run.updateMany({ where, data: { seq: tx.seq } });
  const rows = await tx.prisma.run.findMany({
    where,
    select: { id: true, projectId: true, status: true, lastStep: true },
  });
  for (const { id, projectId, status, lastStep } of rows) {
    tx.changes.push({
      run_id: id,
      project_id: projectId,
      status: RunStatus.parse(status),
      last_step: lastStep,
      what: ["run"],
      seq: tx.seq,
    });
  }
}
