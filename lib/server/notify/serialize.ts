import "server-only";
import {
  type Channel,
  ChannelKind,
  Delivery,
  type ShownTarget,
  type Target,
} from "@/lib/contracts/notifications";
import { maskAddress } from "@/lib/domain/notify/mask";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { type ChannelRow, payloadOf, targetOf, wantedOf } from "./stored";

/** A target without what only the other side and this server may know. */
function showTarget(target: Target): ShownTarget {
  if (target.kind === "email") {
    const { password, ...shown } = target;
    return { ...shown, has_password: password !== null };
  }
  const url = new URL(target.url);
  const shown = maskAddress(url.origin, url.pathname + url.search);
  return target.kind === "slack"
    ? { kind: "slack", url: shown }
    : { kind: "webhook", url: shown, has_secret: target.secret !== null };
}

export function toWireChannel(row: ChannelRow): Channel {
  const { kinds, stalled_minutes } = wantedOf(row);
  return {
    id: row.id,
    name: row.name,
    kind: ChannelKind.parse(row.kind),
    target: showTarget(targetOf(row)),
    events: kinds,
    stalled_minutes,
    project: row.project,
    enabled: row.enabled,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

export const WITH_CHANNEL = {
  channel: { select: { id: true, name: true } },
} satisfies Prisma.NotificationDeliveryInclude;

type DeliveryRow = Prisma.NotificationDeliveryGetPayload<{ include: typeof WITH_CHANNEL }>;

export function toWireDelivery(row: DeliveryRow): Delivery {
  const { event, title, run, project } = payloadOf(row);
  return {
    id: row.id,
    channel: row.channel,
    event,
    title,
    run: { id: run.id, name: run.name, project_id: project.id },
    status: Delivery.shape.status.parse(row.status),
    attempts: row.attempts,
    error: row.error,
    due_at: row.status === "pending" ? row.dueAt.toISOString() : null,
    created_at: row.createdAt.toISOString(),
    sent_at: row.sentAt?.toISOString() ?? null,
  };
}
