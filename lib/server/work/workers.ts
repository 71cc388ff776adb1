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
/** Shorter than clients wait, so that they hear why. */
export const LIMIT_MS = 15_000;

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
  if (known && isCurrent(known)) return known;
  if (known) closeWorkers();
  else (shared.__lrscopeShutdown ??= new Set()).add(closeWorkers);
  return (shared.__lrscopeWorkers = {
    tasks: new Pool({ ...BOUNDS, threads: TASK_THREADS }),
    streams: new Pool({ ...BOUNDS, threads: STREAM_THREADS }),
    built: builtAt(),
  });
}

const builtAt = (): number => statSync(WORKER_FILE, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const isCurrent = ({ tasks, streams, built }: Workers): boolean =>
  !tasks.closed && !streams.closed && (env().production || built === builtAt());

export const together = (): Together => (shared.__lrscopeTogether ??= new Together());

function closeWorkers(): void {
  shared.__lrscopeWorkers?.tasks.close();
  shared.__lrscopeWorkers?.streams.close();
}
