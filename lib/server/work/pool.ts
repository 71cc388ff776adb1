import "server-only";
import { existsSync } from "node:fs";
import path from "node:path";
import type { TransferListItem } from "node:worker_threads";
import { Piscina } from "piscina";
import { ServiceError } from "../errors";
import { log } from "../log";
import { type Outcome, toFailure } from "./crossing";
import type { Job } from "./message";
import { Slots } from "./slots";
import { WorkLimitError } from "./work-limit-error";

export interface PoolOptions {
  /** Workers at most. They are started when there is work, and end when there was none for a while. */
  threads: number;
  /** Jobs that wait for a worker at most. */
  waiting: number;
  /** How long a job may take once it has a worker. */
  limitMs: number;
  /** Heap of a worker. What needs more ends alone, and the server lives on. */
  heapMb: number;
  /** The script, as `scripts/lib/worker.mjs` builds it. */
  file?: string;
}

export interface RunOptions {
  signal: AbortSignal;
  transfer?: TransferListItem[];
  /** Another limit than the pool's. null: none, as for a stream, whose parts have one each. */
  limitMs?: number | null;
  /** Called when a worker is free for it. */
  onStart?: () => void;
}

export const WORKER_FILE = ".cache/worker/worker.mjs";
/** Somebody who looks at runs asks every few minutes; starting a worker takes a moment. */
const IDLE_MS = 300_000;
const ASK_FOR_LESS = "ask for less: fewer steps, values, runs, groups or settings";
const OUT_OF_MEMORY = "ERR_WORKER_OUT_OF_MEMORY";

/**
 * A bounded number of workers behind a bounded queue. A job that takes too long, or that nobody waits for any more, ends
 * with its worker, and another worker takes its place: there is no other way to stop a loop.
 */
export class Pool {
  private readonly slots: Slots;
  private readonly workers: Piscina;
  private readonly closing = new AbortController();

  constructor(private readonly options: PoolOptions) {
    const filename = path.resolve(options.file ?? WORKER_FILE);
    if (!existsSync(filename)) throw new Error(`${filename} is missing: npm run build makes it`);
    this.slots = new Slots(options.threads, options.waiting);
    this.workers = new Piscina({
      filename,
      minThreads: 0,
      maxThreads: options.threads,
      idleTimeout: IDLE_MS,
      // Nobody measures, and a worker that sleeps in a lock would not notice that its database closed a connection.
      recordTiming: false,
      atomics: "disabled",
      resourceLimits: { maxOldGenerationSizeMb: options.heapMb },
    });
    // A worker that ends before it takes a job: what waits for one must not wait for ever.
    this.workers.on("error", (error: Error) => this.close(error));
  }

  get closed(): boolean {
    return this.closing.signal.aborted;
  }

  /**
   * What the job came to: also what the queue or a limit refuses comes as plain data, for the pool is shared by bundles.
   * @throws only what `signal` was aborted with
   */
  async run(job: Job, options: RunOptions): Promise<Outcome> {
    try {
      return await this.inTurn(job, options);
    } catch (error) {
      options.signal.throwIfAborted();
      return { ok: false, failure: toFailure(error) };
    }
  }

  private async inTurn(
    job: Job,
    { signal, transfer, onStart, limitMs = this.options.limitMs }: RunOptions,
  ): Promise<Outcome> {
    const stop = AbortSignal.any([signal, this.closing.signal]);
    const release = await this.slots.take(stop);
    onStart?.();
    try {
      return await this.inWorker(job, stop, transfer, limitMs);
    } finally {
      release();
    }
  }

  private async inWorker(
    job: Job,
    stop: AbortSignal,
    transferList: TransferListItem[] = [],
    limitMs: number | null,
  ): Promise<Outcome> {
    const limit = new AbortController();
    const timer = limitMs === null ? undefined : setTimeout(() => limit.abort(tooLong(limitMs)), limitMs);
    timer?.unref();
    try {
      return await this.workers.run(job, { signal: AbortSignal.any([stop, limit.signal]), transferList });
    } catch (error) {
      limit.signal.throwIfAborted();
      stop.throwIfAborted();
      throw asOurs(error, this.options.heapMb);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends every worker at once. What ran or waited fails with `reason`. */
  close(
    reason: Error = new ServiceError("unavailable", "the server is ending; send the request again"),
  ): void {
    if (this.closed) return;
    this.closing.abort(reason);
    this.workers.destroy().catch((err: unknown) => log().error({ err }, "a worker did not end"));
  }
}

export const tooLong = (limitMs: number): WorkLimitError =>
  new WorkLimitError(
    "unavailable",
    `the work was stopped after ${limitMs / 1000} seconds, the most that one request may take; ${ASK_FOR_LESS}`,
  );

function asOurs(error: unknown, heapMb: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code !== OUT_OF_MEMORY) return error;
  return new WorkLimitError(
    "invalid_parameters",
    `the work needs more than the ${heapMb} MB of memory that one request may use; ${ASK_FOR_LESS}`,
  );
}
