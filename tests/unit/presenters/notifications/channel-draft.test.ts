import { describe, expect, test } from "vitest";
import type { Channel } from "@/lib/contracts/notifications";
import {
  type ChannelDraft,
  draftOf,
  EMPTY_DRAFT,
  errorsOf,
  readChange,
  readNew,
  storedSecret,
} from "@/lib/presenters/notifications/channel-draft";
import { addressOf, troubleOf, wantedWords } from "@/lib/presenters/notifications/words";

const channel = (target: Channel["target"], more: Partial<Channel> = {}): Channel => ({
  id: "c1",
  name: "team",
  kind: target.kind,
  target,
  events: ["diverged", "stalled"],
  stalled_minutes: 30,
  project: null,
  enabled: true,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
  ...more,
});

const webhook = channel({ kind: "webhook", url: "https://a.example/…abcd", has_secret: true });
const email = channel({
  kind: "email",
  host: "smtp.example.com",
  port: 465,
  security: "tls",
  username: "me",
  has_password: true,
  from: "l@example.com",
  to: ["a@example.com", "b@example.com"],
});

const typed = (change: Partial<ChannelDraft>): ChannelDraft => ({ ...EMPTY_DRAFT, ...change });

describe("a new channel", () => {
  test("needs a name and an address", () => {
    expect(readNew(EMPTY_DRAFT).errors).toEqual({ name: "is needed", url: "is needed" });
    const errors = readNew(typed({ name: "x", url: "hooks.example", kind: "webhook", signed: true })).errors;
    expect(errors).toEqual({
      url: "must be an http:// or https:// address without a user name",
      secret: "is needed",
    });
  });

  test("by e-mail says what is wrong beside each field", () => {
    const draft = typed({
      kind: "email",
      name: "x",
      host: "a b",
      port: "many",
      from: "me",
      to: "a@example.com, b",
    });
    expect(readNew(draft).errors).toEqual({
      host: "must be a host name or an IP address",
      port: "must be a whole number from 1 to 65535",
      from: "must be an e-mail address",
      to: "must be an e-mail address",
    });
    expect(readNew({ ...draft, port: "", events: [], stalledMinutes: "0.5" }).errors).toMatchObject({
      port: "is needed",
      events: "at least one kind of news",
      stalledMinutes: "must be a whole number from 1 to 10080",
    });
  });

  test("is sent as it was typed", () => {
    const url = " https://a.example/x ";
    expect(
      readNew(typed({ name: "s", url, project: "p1", events: ["stalled"], stalledMinutes: "5" })).body,
    ).toEqual({
      name: "s",
      project: "p1",
      events: ["stalled"],
      stalled_minutes: 5,
      enabled: true,
      target: { kind: "slack", url: "https://a.example/x" },
    });
    const mail = typed({
      kind: "email",
      name: "m",
      host: "h",
      from: " f@example.com",
      to: "a@example.com;b@example.com c@example.com",
    });
    expect(readNew(mail).body?.target).toEqual({
      kind: "email",
      host: "h",
      port: 587,
      security: "starttls",
      username: null,
      password: null,
      from: "f@example.com",
      to: ["a@example.com", "b@example.com", "c@example.com"],
    });
    const signed = typed({ kind: "webhook", name: "w", url, signed: true, secret: "12345678" });
    expect(readNew(signed).body?.target).toMatchObject({ secret: "12345678" });
    expect(readNew({ ...signed, signed: false }).body?.target).toMatchObject({ secret: null });
  });
});

describe("a change", () => {
  test("without one sends no secret, and everything else as it is", () => {
    expect(readChange(draftOf(webhook), webhook).body).toEqual({
      name: "team",
      project: null,
      events: ["diverged", "stalled"],
      stalled_minutes: 30,
      target: { kind: "webhook", url: undefined, secret: undefined },
    });
    expect(readChange(draftOf(email), email).body?.target).toEqual({
      kind: "email",
      host: "smtp.example.com",
      port: 465,
      security: "tls",
      username: "me",
      password: undefined,
      from: "l@example.com",
      to: ["a@example.com", "b@example.com"],
    });
    const slack = channel({ kind: "slack", url: "https://a.example" }, { project: { id: "p1", name: "p" } });
    expect(readChange(draftOf(slack), slack).body).toMatchObject({
      project: "p1",
      target: { kind: "slack" },
    });
  });

  test("takes a secret away when it is to be gone, and a new one where it is typed", () => {
    const draft = draftOf(webhook);
    expect(readChange({ ...draft, signed: false }, webhook).body?.target).toMatchObject({ secret: null });
    expect(readChange({ ...draft, secret: "87654321" }, webhook).body?.target).toMatchObject({
      secret: "87654321",
    });
    const login = draftOf(email);
    expect(readChange({ ...login, username: "" }, email).body?.target).toMatchObject({
      username: null,
      password: null,
    });
    expect(readChange({ ...login, password: "new" }, email).body?.target).toMatchObject({ password: "new" });
    const unsigned = channel({ kind: "webhook", url: "https://a.example", has_secret: false });
    expect(readChange({ ...draftOf(unsigned), signed: true }, unsigned).errors).toEqual({
      secret: "is needed",
    });
  });
});

test("what the server refuses stands beside its field, the first reason first", () => {
  const issues = [
    { name: "target.to[1]", reason: "must be an e-mail address" },
    { name: "target.to[2]", reason: "another" },
    { name: "stalled_minutes", reason: "too long" },
    { name: "elsewhere", reason: "odd" },
  ];
  expect(errorsOf(issues, typed({ to: "x" }))).toEqual({
    to: "must be an e-mail address",
    stalledMinutes: "too long",
    elsewhere: "odd",
  });
});

describe("in words", () => {
  test("where it goes and what it wants", () => {
    expect(addressOf(webhook)).toBe("https://a.example/…abcd");
    expect(addressOf(email)).toBe("a@example.com and 1 more, by smtp.example.com");
    expect(wantedWords(webhook)).toBe("diverged, stalled after 30 min · every project");
    expect(wantedWords({ ...email, events: ["finished"], project: { id: "p", name: "digits" } })).toBe(
      "ended · digits",
    );
  });

  test("what went wrong and what comes next", () => {
    const delivery = {
      id: "d1",
      channel: { id: "c1", name: "team" },
      event: "finished" as const,
      title: "r finished",
      run: { id: "r", name: "r", project_id: "p" },
      status: "pending" as const,
      attempts: 1,
      error: "answered 500",
      due_at: null,
      created_at: "2026-01-01T00:00:00Z",
      sent_at: null,
    };
    expect(troubleOf({ ...delivery, error: "" })).toBe("");
    expect(troubleOf(delivery)).toBe("answered 500; 1 try so far, retried automatically");
    expect(troubleOf({ ...delivery, status: "failed", attempts: 10 })).toBe("answered 500, after 10 tries");
    expect(troubleOf({ ...delivery, status: "failed", attempts: 0, error: "off" })).toBe("off");
  });
});

test.each<[string, Channel, Partial<ChannelDraft>, ReturnType<typeof storedSecret>]>([
  ["the same address", webhook, { url: " " }, "stays"],
  ["another address", webhook, { url: "https://b.example/" }, "left"],
  ["no secret", { ...webhook, target: { kind: "webhook", url: "", has_secret: false } }, { url: "x" }, null],
  ["the same server", email, { from: "b@example.com" }, "stays"],
  ["another host", email, { host: "b.example.com" }, "left"],
  ["another port", email, { port: "1" }, "left"],
  ["another encryption", email, { security: "none" }, "left"],
  ["another user", email, { username: "other" }, "left"],
])("what an empty secret stands for with %s", (_, before, change, stored) => {
  expect(storedSecret({ ...draftOf(before), ...change }, before)).toBe(stored);
  expect(storedSecret(draftOf(before), null)).toBeNull();
});
