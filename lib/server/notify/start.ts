import "server-only";
import { transact } from "../db/transaction";
import { log } from "../log";
import { sendDue } from "./sender";
import { tellStalled } from "./stalled";

const SEND_MS = 2000;
const SWEEP_MS = 30_000;
const PURGE_MS = 6 * 3_600_000;
/** What was sent or given up is shown for so long. */
const KEPT_MS = 30 * 86_400_000;

const shared = globalThis as { __lrscopeNotify?: boolean; __lrscopeShutdown?: Set<() => void> };

/** Starts what sends notifications, once a process. What a server before this one left unsent is sent first. */
export function startNotifications(): void {
  if (shared.__lrscopeNotify) return;
  shared.__lrscopeNotify = true;
  const stops = [every(SEND_MS, sendDue), every(SWEEP_MS, tellStalled), every(PURGE_MS, purgeDeliveries)];
  (shared.__lrscopeShutdown ??= new Set()).add(() => {
    for (const stop of stops) stop();
  });
}

/** Runs `work` now and again `ms` after each end of it, so that it never runs twice at the same time. */
function every(ms: number, work: (now: Date) => Promise<unknown>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const turn = async () => {
    await work(new Date()).catch((err: unknown) =>
      log().error({ err }, "notifications failed; they will be tried again"),
    );
    if (stopped) return;
    timer = setTimeout(() => void turn(), ms);
    timer.unref();
  };
  void turn();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

async function purgeDeliveries(now: Date): Promise<void> {
  const where = {
    status: { in: ["sent", "failed"] },
    createdAt: { lt: new Date(now.getTime() - KEPT_MS) },
  };
  await transact(({ prisma }) => prisma.notificationDelivery.deleteMany({ where }));
}
