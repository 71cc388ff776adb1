import "server-only";
import { MAX_ATTEMPTS, retryDelay } from "@/lib/domain/notify/retry";
import { database } from "../db/database";
import { transact } from "../db/transaction";
import { log } from "../log";
import { LIVE } from "./outbox";
import { type Message, runUrl, send } from "./send";
import { payloadOf, targetOf } from "./stored";
import { asUndeliverable } from "./undeliverable";

/** How long a try holds a delivery: longer than a try can take, so that two servers never send it at the same time. */
const LEASE_MS = 60_000;
const AT_ONCE = 20;

/** Sends what is due, the oldest first; resolves with how many were tried. */
export async function sendDue(now: Date): Promise<number> {
  const { reader } = await database();
  const due = await reader.prisma.notificationDelivery.findMany({
    where: { status: "pending", dueAt: { lte: now }, channel: LIVE },
    orderBy: [{ dueAt: "asc" }, { id: "asc" }],
    take: AT_ONCE,
    include: { channel: { select: { target: true } } },
  });
  const tried = await Promise.all(due.map((row) => deliver(row, now)));
  return tried.filter(Boolean).length;
}

interface Due {
  id: string;
  dueAt: Date;
  attempts: number;
  payload: string;
  channel: { target: string };
}

/** One try. False when another server took the delivery first. */
async function deliver(row: Due, now: Date): Promise<boolean> {
  const held = new Date(now.getTime() + LEASE_MS);
  const attempts = row.attempts + 1;
  const mine = await move(row, { dueAt: held, attempts });
  if (!mine) return false;
  const claimed = { id: row.id, dueAt: held, attempts };
  try {
    await send(targetOf(row.channel), messageOf(row), now);
    await move(claimed, { status: "sent", sentAt: new Date(), error: "" });
  } catch (thrown) {
    const error = asUndeliverable(thrown, false);
    const over = !error.again || attempts >= MAX_ATTEMPTS;
    const dueAt = new Date(now.getTime() + 1000 * retryDelay(attempts, Math.random()));
    await move(claimed, { error: error.message, ...(over ? { status: "failed" } : { dueAt }) });
    log().warn({ delivery: row.id, attempts, reason: error.message, over }, "a notification was not sent");
  }
  return true;
}

interface Change {
  status?: string;
  dueAt?: Date;
  attempts?: number;
  sentAt?: Date;
  error?: string;
}

/** Compare-and-set: changes the delivery only as it was read. False when somebody else did so meanwhile. */
async function move({ id, dueAt, attempts }: Pick<Due, "id" | "dueAt" | "attempts">, change: Change) {
  const { count } = await transact(({ prisma }) =>
    prisma.notificationDelivery.updateMany({
      where: { id, status: "pending", dueAt, attempts },
      data: change,
    }),
  );
  return count > 0;
}

function messageOf(row: Pick<Due, "id" | "payload">): Message {
  const { run, project, ...payload } = payloadOf(row);
  return { id: row.id, ...payload, project, run: { ...run, url: runUrl(project.id, run.id) } };
}
