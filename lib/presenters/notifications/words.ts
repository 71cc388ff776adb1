import type { Channel, ChannelKind, Delivery, NewsEvent } from "@/lib/contracts/notifications";

export const KIND_WORDS: Record<ChannelKind, string> = {
  slack: "Slack",
  webhook: "Webhook",
  email: "E-mail",
};

export const EVENT_WORDS: Record<NewsEvent, { label: string; hint: string }> = {
  recommended: { label: "Recommended", hint: "a change of the LR waits for you" },
  drifted: { label: "Drifted", hint: "the LR is not what the run’s schedule says" },
  diverged: { label: "Diverged", hint: "a loss becomes NaN or infinite, or has risen and stays up" },
  stalled: { label: "Stalled", hint: "a running run logs nothing" },
  finished: { label: "Ended", hint: "a run finished, failed or was killed" },
};

/** `https://hooks.example/…abcd`, or `a@example.com by mail.example.com`. */
export function addressOf({ target }: Channel): string {
  if (target.kind !== "email") return target.url;
  const [first = "", ...others] = target.to;
  return `${first}${others.length > 0 ? ` and ${others.length} more` : ""}, by ${target.host}`;
}

/** `recommended, diverged, of digits-cnn`. */
export function wantedWords({ events, stalled_minutes, project }: Channel): string {
  const named = events.map((event) => {
    const word = EVENT_WORDS[event].label.toLowerCase();
    return event === "stalled" ? `${word} after ${stalled_minutes} min` : word;
  });
  return `${named.join(", ")} · ${project ? project.name : "every project"}`;
}

export const DELIVERY_LOOK = {
  pending: { tone: "inflight", shape: "clock", word: "Waiting" },
  sent: { tone: "verified", shape: "check", word: "Sent" },
  failed: { tone: "failed", shape: "cross", word: "Failed" },
} as const satisfies Record<Delivery["status"], object>;

/** What the last try said, and what comes next; empty when all is well. */
export function troubleOf({ status, error, attempts }: Delivery): string {
  if (error === "" || attempts === 0) return error;
  const tries = `${attempts} ${attempts === 1 ? "try" : "tries"}`;
  return status === "pending"
    ? `${error}; ${tries} so far, retried automatically`
    : `${error}, after ${tries}`;
}
