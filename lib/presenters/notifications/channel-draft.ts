import {
  type Channel,
  type ChannelKind,
  CreateChannelBody,
  type NewsEvent,
  UpdateChannelBody,
} from "@/lib/contracts/notifications";
import { NEWS_KINDS } from "@/lib/domain/notify/news";

/** A channel as it is being typed. What an empty secret stands for: `storedSecret`. */
export interface ChannelDraft {
  kind: ChannelKind;
  name: string;
  /** An id; empty: every project. */
  project: string;
  events: readonly NewsEvent[];
  stalledMinutes: string;
  url: string;
  signed: boolean;
  secret: string;
  host: string;
  port: string;
  security: "starttls" | "tls" | "none";
  username: string;
  password: string;
  from: string;
  /** Separated by commas or blanks. */
  to: string;
}

export const EMPTY_DRAFT: ChannelDraft = {
  kind: "slack",
  name: "",
  project: "",
  events: NEWS_KINDS,
  stalledMinutes: "15",
  url: "",
  signed: false,
  secret: "",
  host: "",
  port: "587",
  security: "starttls",
  username: "",
  password: "",
  from: "",
  to: "",
};

export function draftOf({ target, ...channel }: Channel): ChannelDraft {
  const draft = {
    ...EMPTY_DRAFT,
    kind: channel.kind,
    name: channel.name,
    project: channel.project?.id ?? "",
    events: channel.events,
    stalledMinutes: String(channel.stalled_minutes),
  };
  if (target.kind === "slack") return draft;
  if (target.kind === "webhook") return { ...draft, signed: target.has_secret };
  const { host, security, username, from } = target;
  return {
    ...draft,
    host,
    security,
    from,
    username: username ?? "",
    port: String(target.port),
    to: target.to.join(", "),
  };
}

export type DraftErrors = Partial<Record<string, string>>;
type Read<T> = { body: T; errors: null } | { body: null; errors: DraftErrors };

/** What is sent to make the channel, or what is wrong with each field. */
export const readNew = (draft: ChannelDraft): Read<CreateChannelBody> => read(CreateChannelBody, draft, null);

/**
 * Whether an empty field leaves the stored secret or password as it is, or the channel would take it elsewhere, so that it
 * has to be given again. Null: none is stored.
 */
export function storedSecret(draft: ChannelDraft, before: Channel | null): "stays" | "left" | null {
  if (before === null) return null;
  const { target } = before;
  if (target.kind === "webhook") return target.has_secret ? staying(draft.url.trim() === "") : null;
  if (target.kind !== "email" || !target.has_password) return null;
  const known = draftOf(before);
  return staying(
    (["host", "port", "security", "username"] as const).every((key) => draft[key] === known[key]),
  );
}

const staying = (stays: boolean) => (stays ? "stays" : "left");

/** The same as `readNew` for a change. */
export const readChange = (draft: ChannelDraft, before: Channel): Read<UpdateChannelBody> =>
  read(UpdateChannelBody, draft, before);

interface Parser<T> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
}

function read<T>(schema: Parser<T>, draft: ChannelDraft, before: Channel | null): Read<T> {
  const parsed = schema.safeParse({
    name: draft.name,
    project: draft.project || null,
    events: draft.events,
    stalled_minutes: numberOf(draft.stalledMinutes),
    target: targetOf(draft, before),
  });
  if (parsed.success) return { body: parsed.data, errors: null };
  const issues = parsed.error.issues.map(({ path, message }) => ({ name: path.join("."), reason: message }));
  return { body: null, errors: errorsOf(issues, draft) };
}

function targetOf(draft: ChannelDraft, before: Channel | null) {
  const { kind, host, security, from } = draft;
  // An address in part is an address: only what is empty means the one before.
  const url = draft.url.trim() || (before ? undefined : "");
  if (kind === "slack") return { kind, url };
  if (kind === "webhook") return { kind, url, secret: secretOf(draft, before) };
  const username = draft.username.trim() || null;
  const kept = before?.target.kind === "email" && before.target.has_password;
  const password = draft.password || (username !== null && kept ? undefined : null);
  const to = draft.to.split(/[\s,;]+/).filter(Boolean);
  return { kind, host, port: numberOf(draft.port), security, username, password, from: from.trim(), to };
}

function secretOf({ signed, secret }: ChannelDraft, before: Channel | null): string | null | undefined {
  if (!signed) return null;
  const kept = before?.target.kind === "webhook" && before.target.has_secret;
  return secret === "" && kept ? undefined : secret;
}

const numberOf = (text: string): number | null => (text.trim() === "" ? null : Number(text));

const FIELDS: Record<string, keyof ChannelDraft> = { stalled_minutes: "stalledMinutes" };

/** Each refusal beside its field: `target.to[1]` belongs to `to`. */
export function errorsOf(
  issues: readonly { name: string; reason: string }[],
  draft: ChannelDraft,
): DraftErrors {
  const errors: DraftErrors = {};
  for (const { name, reason } of issues) {
    const [field = name] = name.replace(/^target\./, "").split(/[.[]/);
    const key = FIELDS[field] ?? field;
    const typed = Object.entries(draft).find(([known]) => known === key)?.[1];
    errors[key] ??= typed === "" ? "is needed" : reason;
  }
  return errors;
}
