import "server-only";
import { Target, type TargetChange } from "@/lib/contracts/notifications";
import { invalid } from "../errors";
import { refusalOf } from "./guard";

/** What a schema cannot say. @throws ServiceError invalid_parameters */
export function checkTarget(target: Target): void {
  if (target.kind !== "email") {
    const refusal = refusalOf(new URL(target.url).hostname);
    if (refusal !== null) throw invalid("target.url", refusal);
    return;
  }
  const refusal = refusalOf(target.host);
  if (refusal !== null) throw invalid("target.host", refusal);
  if ((target.username === null) !== (target.password === null)) {
    throw invalid(
      target.username === null ? "target.username" : "target.password",
      "a user name and a password go together",
    );
  }
}

/** The target after a change: what is absent stays. @throws ServiceError invalid_parameters */
export function changedTarget(before: Target, change: TargetChange | undefined): Target {
  if (change === undefined) return before;
  if (change.kind !== before.kind) throw invalid("target.kind", `the channel is a ${before.kind}`);
  const after = Target.parse({ ...before, ...change });
  checkTarget(after);
  if (before.kind === "email" && after.kind === "email") requirePassword(before, after, change);
  if (before.kind === "webhook" && after.kind === "webhook") requireSecret(before, after, change);
  return after;
}

type Webhook = Extract<Target, { kind: "webhook" }>;

/** A kept secret signs only what goes where its owner meant it to: whoever changes the address has to know it. */
function requireSecret(before: Webhook, after: Webhook, change: TargetChange): void {
  const keeps = after.secret !== null && !("secret" in change && change.secret !== undefined);
  if (keeps && new URL(before.url).href !== new URL(after.url).href)
    throw invalid(
      "target.secret",
      "the address changes, and the secret does not go with it; give a secret again, or null to send without one",
    );
}

type Email = Extract<Target, { kind: "email" }>;

/** A kept password goes only where its owner sent it: whoever changes the host has to know it. */
function requirePassword(before: Email, after: Email, change: TargetChange): void {
  const keeps = after.password !== null && !("password" in change && change.password !== undefined);
  const moved = ["host", "port", "security", "username"] as const;
  if (keeps && moved.some((field) => before[field] !== after[field]))
    throw invalid("target.password", "give it again when the server or the user name changes");
}
