import "server-only";
import { statSync } from "node:fs";
import os from "node:os";
import { env } from "../env";
import { Pool, WORKER_FILE } from "./pool";
import { Together } from "./together";

/** Two at least: what is long must not stand before all that is short. One core stays for the process itself. */
export const TASK_THREADS = Math.max(2, os.availableParallelism() - 1);
/** Streams mostly wait for who reads them, so they are counted apart and do not keep tasks from a worker. */
const STREAM_THREADS = 4;
const WAITING = 64;
/** A client waits half a minute or so, and the queue takes its part. */
export const LIMIT_MS = 20_000;

const BOUNDS = { waiting: WAITING, limitMs: LIMIT_MS, heapMb: 1024 };

interface Workers {
  tasks: Pool;
  streams: Pool;
  /** When the script was built that they run. */
  built: number;
}

// Next bundles routes, pages and instrumentation apart: what the process shares hangs on globalThis.
const shared = globalThis as {
  __lrscopeWorkers?: Workers;
  __lrscopeTogether?: Together;
  __lrscopeShutdown?: Set<() => void>;
};

/** The process's workers. In development they are replaced when their script was built anew. */
export function workers(): Workers {
  const known = shared.__lrscopeWorkers;
  const built =
    known && env().production ? known.built : statSync(WORKER_FILE, { throwIfNoEntry: false })?.mtimeMs;
  if (known && known.built === built && !known.tasks.closed && !known.streams.closed) return known;
  known?.tasks.close();
  known?.streams.close();
  if (!known) (shared.__lrscopeShutdown ??= new Set()).add(closeWorkers);
  return (shared.__lrscopeWorkers = {
    tasks: new Pool({ ...BOUNDS, threads: TASK_THREADS }),
    streams: new Pool({ ...BOUNDS, threads: STREAM_THREADS }),
    built: built ?? 0,
  });
}

export const together = (): Together => (shared.__lrscopeTogether ??= new Together());

function closeWorkers(): void {
  shared.__lrscopeWorkers?.tasks.close();
  shared.__lrscopeWorkers?.streams.close();
}
