import "server-only";
import type { Channel, CreateChannelBody, UpdateChannelBody } from "@/lib/contracts/notifications";
import { type Ctx, requireScope } from "../context";
import { newId } from "../ids";
import { findProject } from "../projects/get-project";
import { withTransaction, type WriteTx } from "../transaction";
import { changedTarget, checkTarget } from "./check-target";
import { findChannel } from "./list-channels";
import { toWireChannel } from "./serialize";
import { targetOf, type Wanted, wantedOf, WITH_PROJECT } from "./stored";

/** @throws ServiceError not_found for an unknown project, invalid_parameters for an address that is refused */
export async function createChannel(ctx: Ctx, body: CreateChannelBody): Promise<Channel> {
  requireScope(ctx, "projects:write");
  const { name, target, project, enabled, events, stalled_minutes } = body;
  checkTarget(target);
  const now = new Date();
  return withTransaction(ctx, async (tx) => {
    const row = await tx.prisma.notificationChannel.create({
      data: {
        id: newId(),
        name,
        kind: target.kind,
        target: JSON.stringify(target),
        events: storedWanted({ kinds: events, stalled_minutes }),
        enabled,
        projectId: await projectIdOf(tx, project),
        createdAt: now,
        updatedAt: now,
      },
      include: WITH_PROJECT,
    });
    return toWireChannel(row);
  });
}

/** What is absent stays. A channel that is switched off gives up what waits to be sent. */
export async function updateChannel(ctx: Ctx, id: string, body: UpdateChannelBody): Promise<Channel> {
  requireScope(ctx, "projects:write");
  return withTransaction(ctx, async (tx) => {
    const before = await findChannel(tx, id);
    const target = changedTarget(targetOf(before), body.target);
    const wanted = wantedOf(before);
    const row = await tx.prisma.notificationChannel.update({
      where: { id },
      data: {
        name: body.name,
        target: JSON.stringify(target),
        events: storedWanted({
          kinds: body.events ?? wanted.kinds,
          stalled_minutes: body.stalled_minutes ?? wanted.stalled_minutes,
        }),
        enabled: body.enabled,
        projectId: body.project === undefined ? undefined : await projectIdOf(tx, body.project),
        updatedAt: new Date(),
      },
      include: WITH_PROJECT,
    });
    if (!row.enabled) await giveUp(tx, id);
    return toWireChannel(row);
  });
}

/** Soft: its secrets cannot be read back, so it is restorable for 30 days. What waits to be sent waits on. */
export async function deleteChannel(ctx: Ctx, id: string): Promise<null> {
  requireScope(ctx, "projects:write");
  return withTransaction(ctx, async (tx) => {
    await findChannel(tx, id);
    await tx.prisma.notificationChannel.update({ where: { id }, data: { deletedAt: new Date() } });
    return null;
  });
}

export async function restoreChannel(ctx: Ctx, id: string): Promise<Channel> {
  requireScope(ctx, "projects:write");
  return withTransaction(ctx, async (tx) => {
    await tx.prisma.notificationChannel.updateMany({ where: { id }, data: { deletedAt: null } });
    return toWireChannel(await findChannel(tx, id));
  });
}

async function giveUp({ prisma }: WriteTx, channelId: string): Promise<void> {
  await prisma.notificationDelivery.updateMany({
    where: { channelId, status: "pending" },
    data: { status: "failed", error: "the channel was switched off" },
  });
}

const storedWanted = ({ kinds, stalled_minutes }: Wanted): string =>
  JSON.stringify({ kinds: [...new Set(kinds)], stalled_minutes });

const projectIdOf = async (tx: WriteTx, project: string | null): Promise<string | null> =>
  project === null ? null : (await findProject(tx, project)).id;
