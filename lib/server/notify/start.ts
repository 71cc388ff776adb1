import "server-only";
import { transact } from "../db/transaction";
import { every } from "../every";
import { tellDiverged } from "./diverged";
import { sendDue } from "./sender";
import { tellStalled } from "./stalled";

const SEND_MS = 2000;
const DIVERGED_MS = 10_000;
const STALLED_MS = 30_000;
const PURGE_MS = 6 * 3_600_000;
/** What was sent or given up is shown for so long. */
const KEPT_MS = 30 * 86_400_000;

const WHAT = "sending notifications";

const shared = globalThis as { __lrscopeNotify?: boolean; __lrscopeShutdown?: Set<() => void> };

/** Starts what sends notifications, once a process. What a server before this one left unsent is sent first. */
export function startNotifications(): void {
  if (shared.__lrscopeNotify) return;
  shared.__lrscopeNotify = true;
  const stops = [
    every(WHAT, SEND_MS, sendDue),
    every(WHAT, STALLED_MS, tellStalled),
    every(WHAT, DIVERGED_MS, tellDiverged),
    every(WHAT, PURGE_MS, purgeDeliveries),
  ];
  (shared.__lrscopeShutdown ??= new Set()).add(() => {
    for (const stop of stops) stop();
  });
}

/** Forgets what was sent or given up 30 days ago. What waits to be sent stays. */
export async function purgeDeliveries(now: Date): Promise<void> {
  const where = {
    status: { in: ["sent", "failed"] },
    createdAt: { lt: new Date(now.getTime() - KEPT_MS) },
  };
  await transact(({ prisma }) => prisma.notificationDelivery.deleteMany({ where }));
}
