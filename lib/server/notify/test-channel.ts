import "server-only";
import type { TestResult } from "@/lib/contracts/notifications";
import { type Ctx, requireScope } from "../context";
import { newId } from "../ids";
import { findChannel } from "./list-channels";
import { send } from "./send";
import { targetOf } from "./stored";
import { asUndeliverable } from "./undeliverable";

/** Sends a test message at once, past the outbox, also when the channel is off. @throws ServiceError not_found */
export async function testChannel(ctx: Ctx, id: string): Promise<TestResult> {
  requireScope(ctx, "projects:write");
  const row = await findChannel(ctx.db, id);
  const now = new Date();
  const message = {
    id: newId(),
    event: "test" as const,
    happened_at: now.getTime() / 1000,
    title: "A test message of lrscope",
    message: `The channel ${row.name} works: news of your runs will look like this.`,
    project: row.project,
    run: null,
    details: {},
  };
  try {
    return { sent: true, detail: await send(targetOf(row), message, now) };
  } catch (error) {
    return { sent: false, detail: asUndeliverable(error, false).message };
  }
}
