import "server-only";
import { isIP } from "node:net";
import { createTransport } from "nodemailer";
import type { Target } from "@/lib/contracts/notifications";
import { resolveAllowed } from "./guard";
import { asUndeliverable, Undeliverable } from "./undeliverable";

const TIMEOUT_MS = 15_000;

interface Letter {
  /** Of the delivery: a mail server that got it before can tell. */
  id: string;
  subject: string;
  text: string;
}

/** Sends one e-mail over a connection of its own, to a checked address. @throws Undeliverable */
export async function sendMail(
  target: Extract<Target, { kind: "email" }>,
  { id, subject, text }: Letter,
): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const [first] = await resolveAllowed(target.host, signal);
    if (!first) throw new Undeliverable(`the name ${target.host} has no address`, { again: true });
    const transport = createTransport({
      // The checked address: the name itself is only what its certificate must be for.
      host: first.address,
      servername: isIP(target.host) === 0 ? target.host : undefined,
      port: target.port,
      secure: target.security === "tls",
      requireTLS: target.security === "starttls",
      ignoreTLS: target.security === "none",
      auth: target.username === null ? undefined : { user: target.username, pass: target.password ?? "" },
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const { from, to } = target;
      const sent = await transport.sendMail({ messageId: `<${id}@lrscope>`, from, to, subject, text });
      return `the mail server answered ${sent.response}`;
    } finally {
      transport.close();
    }
  } catch (error) {
    throw asUndeliverable(error, signal.aborted);
  }
}
