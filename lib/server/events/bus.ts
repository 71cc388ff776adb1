import "server-only";
import { EventEmitter } from "node:events";
import { onCommitted, type RunChange } from "../db/transaction";

interface Bus {
  emitter: EventEmitter<{ change: [RunChange] }>;
}

const shared = globalThis as { __lrscopeBus?: Bus };

/** Committed changes, as this process hears of them. Nothing that matters lives here: a reader can always ask again. */
function bus(): Bus {
  if (!shared.__lrscopeBus) {
    const made: Bus = { emitter: new EventEmitter() };
    made.emitter.setMaxListeners(0);
    shared.__lrscopeBus = made;
    onCommitted((changes) => {
      for (const change of changes) made.emitter.emit("change", change);
    });
  }
  return shared.__lrscopeBus;
}

/** Calls back for every change until the returned function is called. */
export function subscribe(listener: (change: RunChange) => void): () => void {
  const { emitter } = bus();
  emitter.on("change", listener);
  return () => emitter.off("change", listener);
}

/** Resolves at the run's next change, after `ms`, or when the signal aborts. */
export function waitForRun(runId: string, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      unsubscribe();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    const unsubscribe = subscribe((change) => {
      if (change.run_id === runId) end();
    });
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
