import "server-only";
import { createHmac } from "node:crypto";
import type { Target, WebhookBody } from "@/lib/contracts/notifications";
import { slackMessage } from "@/lib/domain/notify/slack";
import { env } from "../env";
import { sendMail } from "./mail";
import { post } from "./post";

/** What is sent, before its form is known. */
export type Message = Omit<WebhookBody, "sent_at">;

/** The page of a run, as people reach it. */
export const runUrl = (projectId: string, runId: string): string =>
  `${env().publicUrl}/projects/${encodeURIComponent(projectId)}/runs/${encodeURIComponent(runId)}`;

/** Sends a message in the channel's form; resolves with the other side's answer. @throws Undeliverable */
export async function send(target: Target, message: Message, now: Date): Promise<string> {
  const { title, message: text } = message;
  const url = message.run?.url ?? `${env().publicUrl}/settings`;
  const project = message.project?.name ?? "lrscope";
  if (target.kind === "slack")
    return post(target.url, JSON.stringify(slackMessage({ title, message: text, url, project })), {});
  if (target.kind === "email") {
    const letter = `${text}\n\n${url}\n\n-- \n${project}, ${message.event}\n`;
    return sendMail(target, { id: message.id, subject: title, text: letter });
  }
  const body = JSON.stringify({ ...message, sent_at: now.getTime() / 1000 } satisfies WebhookBody);
  return post(target.url, body, {
    "x-lrscope-event": message.event,
    "x-lrscope-delivery": message.id,
    ...(target.secret === null ? {} : { "x-lrscope-signature": signatureOf(target.secret, body) }),
  });
}

/** HMAC (RFC 2104) with SHA-256 over the bytes of the body, as GitHub writes it. */
const signatureOf = (secret: string, body: string): string =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
