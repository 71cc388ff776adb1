import "server-only";
import { z } from "zod";
import { Id, Step } from "@/lib/contracts/common";
import { NewsEvent, Target } from "@/lib/contracts/notifications";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { parseStored } from "../stored-json";

/** Which news a channel wants. */
const Wanted = z.strictObject({ kinds: z.array(NewsEvent), stalled_minutes: z.int() });
export type Wanted = z.infer<typeof Wanted>;

/** What a delivery says, whatever it is sent as. */
const Payload = z.strictObject({
  event: NewsEvent,
  happened_at: z.number(),
  title: z.string(),
  message: z.string(),
  project: z.strictObject({ id: Id, name: z.string() }),
  run: z.strictObject({ id: Id, name: z.string(), status: z.string(), last_step: Step.nullable() }),
  details: z.record(z.string(), z.json()),
});
export type Payload = z.infer<typeof Payload>;

export const WITH_PROJECT = {
  project: { select: { id: true, name: true } },
} satisfies Prisma.NotificationChannelInclude;

export type ChannelRow = Prisma.NotificationChannelGetPayload<{ include: typeof WITH_PROJECT }>;

export const targetOf = (row: { target: string }): Target => parseStored(Target, row.target);
export const wantedOf = (row: { events: string }): Wanted => parseStored(Wanted, row.events);
export const payloadOf = (row: { payload: string }): Payload => parseStored(Payload, row.payload);
