import "server-only";
import type { Delivery } from "@/lib/contracts/notifications";
import { type Ctx, requireScope } from "../context";
import { conflict, notFound } from "../errors";
import { withTransaction } from "../transaction";
import { LIVE } from "./outbox";
import { toWireDelivery, WITH_CHANNEL } from "./serialize";

/** Puts a delivery that failed back into the outbox. @throws ServiceError not_found, or conflict when it did not fail */
export async function retryDelivery(ctx: Ctx, id: string): Promise<Delivery> {
  requireScope(ctx, "projects:write");
  return withTransaction(ctx, async ({ prisma }) => {
    const { count } = await prisma.notificationDelivery.updateMany({
      where: { id, status: "failed", channel: LIVE },
      data: { status: "pending", attempts: 0, dueAt: new Date() },
    });
    const row = await prisma.notificationDelivery.findFirst({
      where: { id, channel: { deletedAt: null } },
      include: { channel: { select: { ...WITH_CHANNEL.channel.select, enabled: true } } },
    });
    if (!row) throw notFound(`notification delivery ${id}`);
    const { enabled, ...channel } = row.channel;
    if (count === 0)
      throw conflict(enabled ? `the delivery is ${row.status}` : "the channel is switched off");
    return toWireDelivery({ ...row, channel });
  });
}
