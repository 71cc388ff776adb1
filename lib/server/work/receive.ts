import "server-only";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { ServiceError } from "../errors";
import { valueOf } from "./crossing";
import { type Job, type Part, TAKEN } from "./message";
import { type Pool, tooLong } from "./pool";

export interface StreamOptions {
  signal: AbortSignal;
  /** How long the worker may take for one part. */
  partMs: number;
  /** How long the reader may leave one untaken before the worker is given to others. */
  idleMs: number;
}

/**
 * The parts of a job's answer, as the worker makes them and no faster than they are taken. The worker ends when the
 * reader stops, leaves, or takes nothing for too long.
 */
export async function* receive(
  pool: Pool,
  job: Omit<Job, "port">,
  { signal, partMs, idleMs }: StreamOptions,
): AsyncGenerator<unknown> {
  const { port1, port2 } = new MessageChannel();
  const stop = new AbortController();
  const inbox = new Inbox(port1);
  let begin = () => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const ended = pool
    .run(
      { ...job, port: port2 },
      {
        signal: AbortSignal.any([signal, stop.signal]),
        transfer: [port2],
        limitMs: null,
        onStart: begin,
      },
    )
    .then(valueOf)
    .catch((error: unknown) => inbox.fail(error));
  try {
    await Promise.race([begun, ended]);
    for (;;) {
      const part = await within(partMs, stop, tooLong(partMs), () => inbox.next());
      if (part === null) {
        await ended;
        return;
      }
      port1.postMessage(TAKEN);
      const idle = setTimeout(() => stop.abort(stalled(idleMs)), idleMs);
      idle.unref();
      try {
        yield part.chunk;
      } finally {
        clearTimeout(idle);
      }
    }
  } finally {
    stop.abort();
    port1.close();
    await ended;
  }
}

const stalled = (idleMs: number): ServiceError =>
  new ServiceError("unavailable", `nothing was read for ${idleMs / 1000} seconds, so the answer was ended`);

async function within<T>(
  ms: number,
  stop: AbortController,
  reason: Error,
  work: () => Promise<T>,
): Promise<T> {
  const timer = setTimeout(() => stop.abort(reason), ms);
  timer.unref();
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

/** Parts that have come and were not asked for yet, or who asks before one has come. */
class Inbox {
  private readonly parts: Part[] = [];
  private asking: { resolve(part: Part): void; reject(error: unknown): void } | undefined;
  private failed: { error: unknown } | undefined;

  constructor(port: MessagePort) {
    port.on("message", (part: Part) => {
      if (this.asking) this.asking.resolve(part);
      else this.parts.push(part);
      this.asking = undefined;
    });
  }

  next(): Promise<Part> {
    const part = this.parts.shift();
    if (part !== undefined) return Promise.resolve(part);
    if (this.failed) return Promise.reject(this.failed.error);
    return new Promise((resolve, reject) => (this.asking = { resolve, reject }));
  }

  /** What was sent before is still handed out. */
  fail(error: unknown): void {
    this.failed = { error };
    this.asking?.reject(error);
    this.asking = undefined;
  }
}
