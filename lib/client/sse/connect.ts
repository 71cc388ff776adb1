import { nextReconnect, reconnectDelay, type Reconnect, type ReconnectEvent } from "@/lib/client/sse/backoff";
import type { StreamStatus } from "@/lib/client/sse/backoff";
import { initialSse, parseEvents, type SseEvent, type SseState } from "@/lib/client/sse/parse-events";

/** What the connection needs from the outside; a test gives its own. */
export interface StreamWorld {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Resolves after `ms`, or at once when `signal` fires. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  random: () => number;
}

export interface StreamListener {
  onEvent: (event: SseEvent) => void;
  onStatus: (status: StreamStatus) => void;
}

export interface Connection {
  /** Lets the connection go until `resume`, which asks for what was missed. */
  pause: () => void;
  resume: () => void;
  close: () => void;
}

/** Keeps a stream open for ever: reconnects with backoff and resumes after the last id seen. */
export function connect(
  url: string,
  listener: StreamListener,
  world: StreamWorld = browserWorld,
): Connection {
  let machine: Reconnect = { failures: 0, status: "connecting" };
  let sse = initialSse();
  let attempt = new AbortController();

  const move = (event: ReconnectEvent) => {
    const before = machine.status;
    machine = nextReconnect(machine, event);
    if (machine.status !== before) listener.onStatus(machine.status);
  };

  const run = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      const ended = await readOnce(
        url,
        sse,
        signal,
        world,
        () => move("open"),
        (state, events) => {
          sse = state;
          events.forEach(listener.onEvent);
        },
      );
      if (signal.aborted) return;
      move(ended ? "ended" : "failed");
      // A stream cut in the middle of an event starts afresh, after the last id that was complete.
      sse = { ...initialSse(sse.id), retry: sse.retry };
      await world.sleep(reconnectDelay(machine.failures, world.random(), sse.retry), signal);
    }
  };

  const start = () => {
    attempt = new AbortController();
    void run(attempt.signal);
  };
  start();
  return {
    pause: () => {
      if (machine.status === "paused") return;
      attempt.abort();
      move("hidden");
    },
    resume: () => {
      if (machine.status !== "paused") return;
      move("shown");
      start();
    },
    close: () => attempt.abort(),
  };
}

/** One connection from opening to its end. True when it had been open, false when it never was. */
async function readOnce(
  url: string,
  from: SseState,
  signal: AbortSignal,
  world: StreamWorld,
  onOpen: () => void,
  onChunk: (state: SseState, events: SseEvent[]) => void,
): Promise<boolean> {
  let open = false;
  try {
    const headers: Record<string, string> = { accept: "text/event-stream" };
    if (from.id) headers["last-event-id"] = from.id;
    const response = await world.fetch(url, { headers, signal, cache: "no-store" });
    if (!response.ok || !response.body) return false;
    open = true;
    onOpen();
    let state = from;
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return true;
      const parsed = parseEvents(state, decoder.decode(value, { stream: true }));
      state = parsed.state;
      onChunk(parsed.state, parsed.events);
    }
  } catch {
    return open;
  }
}

const browserWorld: StreamWorld = {
  fetch: (url, init) => fetch(url, init),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener(
        "abort",
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    }),
};
