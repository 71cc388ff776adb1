import { rmSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll } from "vitest";
import { buildWorker } from "@/scripts/lib/worker.mjs";
import { Pool, type PoolOptions } from "@/lib/server/work/pool";
import { valueOf } from "@/lib/server/work/crossing";
import type { Job } from "@/lib/server/work/message";

/** Packages are found from where the script lies. */
const FOLDER = `.cache/test-worker-${process.pid}`;

/** A pool whose jobs are asked for their value at once. */
export class TestPool extends Pool {
  value = async (...asked: Parameters<Pool["run"]>): Promise<unknown> => valueOf(await this.run(...asked));
}

/** Real pools of workers that run `test-worker.ts`; closed after each test. */
export function testPools(): (options?: Partial<PoolOptions>) => TestPool {
  const made: TestPool[] = [];
  beforeAll(() => buildWorker("tests/support/test-worker.ts", FOLDER));
  afterEach(() => {
    for (const pool of made.splice(0)) pool.close();
  });
  afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));
  return (options = {}) => {
    const file = path.join(FOLDER, "test-worker.mjs");
    const pool = new TestPool({ threads: 1, waiting: 10, limitMs: 60_000, heapMb: 256, ...options, file });
    made.push(pool);
    return pool;
  };
}

export const jobFor = (name: string, input: unknown = null): Job => ({
  name,
  input: input as never,
  databaseUrl: "file:none.db",
  port: null,
});
