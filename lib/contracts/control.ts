import { z } from "zod";
import { Id, IsoTime, JsonObject, page, Step, text } from "./common";

export const ControlKind = z.enum(["scale_lr", "set_lr", "stop"]);
export type ControlKind = z.infer<typeof ControlKind>;

export const ControlStatus = z.enum([
  "recommended",
  "approved",
  "delivered",
  "applied",
  "verified",
  "rejected",
  "expired",
  "superseded",
  "withdrawn",
  "failed",
  "rolled_back",
]);
export type ControlStatus = z.infer<typeof ControlStatus>;

const Rate = z.number().min(0);
/** As many as the names of their LRs count: a rate for each layer makes a few hundred. */
const MAX_GROUPS = 1000;
/** One number, or one per param group. */
export const Rates = z.union([Rate, z.array(Rate).min(1).max(MAX_GROUPS)]);
export type Rates = z.infer<typeof Rates>;

export const ControlTransition = z.strictObject({
  status: ControlStatus,
  at: IsoTime,
  by: z.string().describe("Who or what: a user, `policy`, `job`, `server`."),
  note: z.string().optional(),
});

export const ControlRequest = z.strictObject({
  id: Id,
  run_id: Id,
  kind: ControlKind,
  factor: z.number().optional(),
  lr: Rates.optional().describe("The target LR, whenever the current one is known."),
  group: z.int().min(0).optional(),
  min_lr: Rate.optional(),
  expected_lr: Rates.optional().describe("The job refuses the request when its LR is not this."),
  status: ControlStatus,
  version: z.int().min(1).describe("Counts what it has asked for: another LR or factor is another version."),
  policy_id: Id.nullable(),
  rollback_of: Id.nullable().describe("The request that this one takes back."),
  snoozed_until: IsoTime.nullable().describe("Until then the inbox does not show it."),
  reason: z.string(),
  evidence: JsonObject,
  fired_step: Step.nullable(),
  applied_step: Step.nullable(),
  applied_lr: Rates.nullable(),
  created_at: IsoTime,
  expires_at: IsoTime,
  history: z.array(ControlTransition),
});
export type ControlRequest = z.infer<typeof ControlRequest>;

export const AckBody = z.strictObject({
  outcome: z.enum(["applied", "failed"]),
  lr: Rates.optional().describe("The LR read back from the optimizer."),
  step: Step.optional().describe("The first step taken with it."),
  message: text(2000).optional(),
});
export type AckBody = z.infer<typeof AckBody>;

export const Ack = AckBody.extend({ id: Id });
export type Ack = z.infer<typeof Ack>;

export const CreateControlBody = z.strictObject({
  kind: ControlKind,
  factor: z.number().positive().max(1000).optional(),
  lr: Rate.optional(),
  group: z.int().min(0).max(63).optional(),
  expected_lr: Rates.optional().describe("The LR now, when absent and nothing moves it."),
  expires_in: z.number().min(1).max(604_800).optional().describe("Seconds; an hour when absent."),
  reason: text(2000).optional(),
});
export type CreateControlBody = z.infer<typeof CreateControlBody>;

/** What a person says to a recommendation. */
export type Decision = "approve" | "reject";

export const NoteBody = z.strictObject({ note: text(2000).optional() });
export const DecideBody = NoteBody.extend({
  version: z
    .int()
    .min(1)
    .optional()
    .describe("The version that was read; 409 when it asks for something else now."),
});
export const SnoozeBody = z.strictObject({
  for: z.number().min(60).max(86_400).describe("Seconds."),
});
export const ControlParams = z.strictObject({ control_id: Id });
export const ControlPage = page(ControlRequest);
export type ControlPage = z.infer<typeof ControlPage>;

/** In the inbox a request says which run it is about. */
export const InboxItem = ControlRequest.extend({
  run: z.strictObject({
    name: z.string(),
    project: z.strictObject({ id: Id, name: z.string() }),
    status: z.string(),
    last_step: Step.nullable(),
  }),
});
export type InboxItem = z.infer<typeof InboxItem>;
export const InboxPage = page(InboxItem);
export type InboxPage = z.infer<typeof InboxPage>;

export const ListControlQuery = z.strictObject({
  status: ControlStatus.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export const InboxQuery = ListControlQuery.extend({
  snoozed: z.enum(["0", "1"]).default("0").describe("1: those that are snoozed as well."),
});
export const PendingQuery = z.strictObject({
  wait: z.coerce.number().min(0).max(30).default(0).describe("Seconds to wait for a request."),
});
export const PendingResponse = z.strictObject({ control: z.array(ControlRequest) });
