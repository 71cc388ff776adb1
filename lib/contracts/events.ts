import { z } from "zod";
import { Id, Step, text } from "./common";
import { RunStatus } from "./runs";

/**
 * Frames of GET /stream. A frame says that something changed and where it stands now; readers refetch what they show.
 * The SSE `id` is the number of the change; a reader that comes back with it gets every run that changed since.
 */
export const RunChanged = z.strictObject({
  run_id: Id,
  project_id: Id,
  status: RunStatus,
  last_step: Step.nullable(),
  what: z.array(z.enum(["run", "metrics", "control", "plateau"])),
});
export type RunChanged = z.infer<typeof RunChanged>;

export const StreamFrame = z.discriminatedUnion("event", [
  z.strictObject({ event: z.literal("hello"), id: z.string(), data: z.strictObject({ seq: z.number() }) }),
  z.strictObject({ event: z.literal("run"), id: z.string(), data: RunChanged }),
]);
export type StreamFrame = z.infer<typeof StreamFrame>;

export const StreamQuery = z.strictObject({
  project: text(250).min(1).optional(),
  run: Id.optional(),
});
