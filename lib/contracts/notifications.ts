import { z } from "zod";
import { NEWS_KINDS } from "@/lib/domain/notify/news";
import { Id, IsoTime, Name, page, PageQuery, Step, text, UnixSeconds } from "./common";

export const NewsEvent = z.enum(NEWS_KINDS);
export type NewsEvent = z.infer<typeof NewsEvent>;

export const ChannelKind = z.enum(["webhook", "slack", "email"]);
export type ChannelKind = z.infer<typeof ChannelKind>;

function isWebAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && username === "" && password === "";
}

/** A whole number, refused in one sentence whatever is wrong with it. */
function whole(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

const Address = text(2000)
  .trim()
  .refine(isWebAddress, "must be an http:// or https:// address without a user name");
const Secret = text(500)
  .min(8, "must have at least 8 characters")
  .nullable()
  .describe("Signs each body; never given back. null: unsigned.");
const Host = text(253)
  .trim()
  .regex(/^[A-Za-z0-9._:-]+$/, "must be a host name or an IP address");
const Security = z
  .enum(["starttls", "tls", "none"])
  .describe(
    "starttls: port 587 as a rule; tls: from the first byte on, port 465; none: nothing is encrypted.",
  );
const Mailbox = z.email("must be an e-mail address").max(254);
const Login = text(500).min(1).nullable();

const email = {
  kind: z.literal("email"),
  host: Host,
  port: whole(1, 65_535),
  security: Security,
  username: Login.default(null),
  password: Login.default(null).describe("Never given back."),
  from: Mailbox,
  to: z.array(Mailbox).min(1).max(20),
};

export const Target = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("webhook"),
    url: Address.describe("Given back masked."),
    secret: Secret.default(null),
  }),
  z.strictObject({ kind: z.literal("slack"), url: Address.describe("Given back masked.") }),
  z.strictObject(email),
]);
export type Target = z.infer<typeof Target>;

/** What is absent stays; a secret that is absent too. */
const TargetChange = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("webhook"), url: Address.optional(), secret: Secret.optional() }),
  z.strictObject({ kind: z.literal("slack"), url: Address.optional() }),
  z.strictObject({
    kind: email.kind,
    host: Host.optional(),
    port: email.port.optional(),
    security: Security.optional(),
    username: Login.optional(),
    password: Login.optional(),
    from: Mailbox.optional(),
    to: email.to.optional(),
  }),
]);
export type TargetChange = z.infer<typeof TargetChange>;

/** The same without its secrets. */
const ShownTarget = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("webhook"), url: z.string(), has_secret: z.boolean() }),
  z.strictObject({ kind: z.literal("slack"), url: z.string() }),
  z.strictObject({
    kind: email.kind,
    host: z.string(),
    port: z.int(),
    security: Security,
    username: z.string().nullable(),
    has_password: z.boolean(),
    from: z.string(),
    to: z.array(z.string()),
  }),
]);
export type ShownTarget = z.infer<typeof ShownTarget>;

const Events = z.array(NewsEvent).min(1, "at least one kind of news").max(NEWS_KINDS.length);
const StalledMinutes = whole(1, 10_080).describe("A running run that logs nothing for so long has stalled.");
const ProjectRef = text(250).min(1).nullable().describe("Name or id; null: every project.");

export const CreateChannelBody = z.strictObject({
  name: Name,
  target: Target,
  events: Events.default([...NEWS_KINDS]),
  stalled_minutes: StalledMinutes.default(15),
  project: ProjectRef.default(null),
  enabled: z.boolean().default(true),
});
export type CreateChannelBody = z.infer<typeof CreateChannelBody>;

export const UpdateChannelBody = z.strictObject({
  name: Name.optional(),
  target: TargetChange.optional(),
  events: Events.optional(),
  stalled_minutes: StalledMinutes.optional(),
  project: ProjectRef.optional(),
  enabled: z.boolean().optional().describe("false: what waits to be sent is given up."),
});
export type UpdateChannelBody = z.infer<typeof UpdateChannelBody>;

export const Channel = z.strictObject({
  id: Id,
  name: z.string(),
  kind: ChannelKind,
  target: ShownTarget,
  events: z.array(NewsEvent),
  stalled_minutes: z.int(),
  project: z.strictObject({ id: Id, name: z.string() }).nullable(),
  enabled: z.boolean(),
  created_at: IsoTime,
  updated_at: IsoTime,
});
export type Channel = z.infer<typeof Channel>;

export const ChannelPage = page(Channel);
export type ChannelPage = z.infer<typeof ChannelPage>;
export const ChannelParams = z.strictObject({ channel_id: Id });

export const TestResult = z.strictObject({
  sent: z.boolean(),
  detail: z.string().describe("What the other side answered, or why nothing was sent."),
});
export type TestResult = z.infer<typeof TestResult>;

const DeliveryStatus = z.enum(["pending", "sent", "failed"]);

export const Delivery = z.strictObject({
  id: Id,
  channel: z.strictObject({ id: Id, name: z.string() }),
  event: NewsEvent,
  title: z.string(),
  run: z.strictObject({ id: Id, name: z.string(), project_id: Id }),
  status: DeliveryStatus,
  attempts: z.int(),
  error: z.string().describe("Of the last try; empty when there was none."),
  due_at: IsoTime.nullable().describe("The next try; null once it is sent or given up."),
  created_at: IsoTime,
  sent_at: IsoTime.nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

export const DeliveryPage = page(Delivery);
export type DeliveryPage = z.infer<typeof DeliveryPage>;
export const DeliveryParams = z.strictObject({ delivery_id: Id });
export const ListDeliveriesQuery = PageQuery.extend({ channel: Id.optional() });
export type ListDeliveriesQuery = z.infer<typeof ListDeliveriesQuery>;

/** What a webhook gets. The signature is over these very bytes, the time of sending among them. */
export const WebhookBody = z.strictObject({
  id: Id.describe("Of the delivery: the same when it is tried again."),
  event: z.enum([...NewsEvent.options, "test"]),
  sent_at: UnixSeconds,
  happened_at: UnixSeconds,
  title: z.string(),
  message: z.string(),
  project: z.strictObject({ id: Id, name: z.string() }).nullable(),
  run: z
    .strictObject({ id: Id, name: z.string(), status: z.string(), last_step: Step.nullable(), url: z.url() })
    .nullable()
    .describe("null in a test."),
  details: z.record(z.string(), z.json()),
});
export type WebhookBody = z.infer<typeof WebhookBody>;
