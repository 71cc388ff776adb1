export type StreamStatus = "connecting" | "live" | "polling" | "paused";

export interface Reconnect {
  /** Attempts in a row that did not get as far as an open stream. */
  failures: number;
  status: StreamStatus;
}

const FIRST_MS = 500;
const LONGEST_MS = 30_000;
/** After this many failures the page asks again by itself, while it goes on trying to connect. */
const PATIENCE = 3;

export type ReconnectEvent = "open" | "ended" | "failed" | "hidden" | "shown";

/**
 * Servers end streams on purpose, so `ended` is ordinary and counts as no failure. A hidden page lets its connection
 * go: a browser allows six to a host, and tabs in the background would use them up.
 */
export function nextReconnect(state: Reconnect, event: ReconnectEvent): Reconnect {
  switch (event) {
    case "open":
      return { failures: 0, status: "live" };
    case "ended":
      return { failures: 0, status: "connecting" };
    case "failed": {
      const failures = state.failures + 1;
      return { failures, status: failures >= PATIENCE ? "polling" : "connecting" };
    }
    case "hidden":
      return { ...state, status: "paused" };
    case "shown":
      return { failures: 0, status: "connecting" };
  }
}

/**
 * Milliseconds before the next attempt: doubling from half a second to half a minute. `spread` in [0, 1) takes up to
 * half of it away, so that many pages do not come back in one instant.
 */
export function reconnectDelay(failures: number, spread: number, asked: number | null = null): number {
  const doubled = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.max(asked ?? 0, doubled * (1 - spread / 2));
}
