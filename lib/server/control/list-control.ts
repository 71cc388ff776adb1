import "server-only";
import { z } from "zod";
import type { ControlRequest, ControlStatus, InboxItem } from "@/lib/contracts/control";
import { type Ctx, requireScope } from "../context";
import { CursorText, CursorTime, decodeCursor, toPage } from "../http/cursor";
import { findRun } from "../runs/get-run";
import { CONTROL_INCLUDE, toWireControl } from "./serialize";

const Key = z.tuple([CursorTime, CursorText]);
type Listed<T> = { items: T[]; next_cursor: string | null };

const below = (key: z.infer<typeof Key> | null) =>
  key ? { OR: [{ createdAt: { lt: key[0] } }, { createdAt: key[0], id: { lt: key[1] } }] } : {};

const keyOf = (row: { createdAt: Date; id: string }) => [row.createdAt.toISOString(), row.id];

/** A run's requests, newest first. */
export async function listRunControl(
  ctx: Ctx,
  input: { run_id: string; status?: ControlStatus; limit: number; cursor?: string },
): Promise<Listed<ControlRequest>> {
  requireScope(ctx, "control:read");
  const run = await findRun(ctx.db, input.run_id);
  const rows = await ctx.db.prisma.controlRequest.findMany({
    where: { runId: run.id, status: input.status, ...below(decodeCursor(Key, input.cursor)) },
    include: CONTROL_INCLUDE,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: input.limit + 1,
  });
  return toPage(rows, input.limit, keyOf, toWireControl);
}

/** Requests over all runs, newest first; what has expired meanwhile is not shown as if it still waited, nor what is snoozed. */
export async function listInbox(
  ctx: Ctx,
  input: { status?: ControlStatus; snoozed?: "0" | "1"; limit: number; cursor?: string },
): Promise<Listed<InboxItem>> {
  requireScope(ctx, "control:read");
  const now = new Date();
  const hidden = input.status === "recommended" && input.snoozed !== "1";
  const waiting = input.status === "recommended" || input.status === "approved";
  const rows = await ctx.db.prisma.controlRequest.findMany({
    where: {
      status: input.status,
      run: { deletedAt: null, project: { deletedAt: null } },
      ...(waiting ? { expiresAt: { gt: now } } : {}),
      AND: [
        hidden ? { OR: [{ snoozedUntil: null }, { snoozedUntil: { lte: now } }] } : {},
        below(decodeCursor(Key, input.cursor)),
      ],
    },
    include: {
      ...CONTROL_INCLUDE,
      run: {
        select: { name: true, status: true, lastStep: true, project: { select: { id: true, name: true } } },
      },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: input.limit + 1,
  });
  return toPage(rows, input.limit, keyOf, ({ run, ...row }) => ({
    ...toWireControl(row),
    run: { name: run.name, project: run.project, status: run.status, last_step: run.lastStep },
  }));
}
