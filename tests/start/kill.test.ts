import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { start, startServer, type TestServer } from "../support/server";

/** Another build than this one's, where there is one. */
const ROOT = process.env.LRSCOPE_TEST_ROOT ?? path.resolve(import.meta.dirname, "../..");
const POINTS = 100;
const KILLS = 4;

let dataDir: string;

beforeAll(async () => {
  if (!process.env.LRSCOPE_TEST_ROOT) {
    const { code, output } = await start(process.execPath, ["scripts/setup.mjs", "--build"]).ended;
    if (code !== 0) throw new Error(output);
  }
  expect(existsSync(path.join(ROOT, ".next/BUILD_ID"))).toBe(true);
  dataDir = mkdtempSync(path.join(tmpdir(), "lrscope-killed-"));
});

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** A job: sends one batch after the other, and the one that was not acknowledged again. */
interface Job {
  id: string;
  /** With batch ids, or told apart by value alone. */
  named: boolean;
  acknowledged: number;
}

const Reply = z.object({ accepted: z.number(), duplicates: z.number() });

async function post(server: TestServer, address: string, body: object): Promise<unknown> {
  const response = await fetch(`${server.url}/api/v1${address}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBeLessThan(300);
  return response.json();
}

async function sendNext(server: TestServer, job: Job): Promise<void> {
  const from = job.acknowledged * POINTS;
  const points = Array.from({ length: POINTS }, (_, i) => ({
    step: from + i,
    time: from + i,
    metrics: { loss: 1 / (from + i + 1), lr: 0.1 },
  }));
  const body = { points, ...(job.named ? { batch_id: `batch-${job.acknowledged}` } : {}) };
  const { accepted, duplicates } = Reply.parse(await post(server, `/runs/${job.id}/metrics`, body));
  expect(accepted + duplicates).toBe(POINTS);
  job.acknowledged += 1;
}

/** All jobs send at once until `batches` more are acknowledged; then the server is killed in the middle of the next ones. */
async function sendUntilKilled(server: TestServer, jobs: readonly Job[], batches: number): Promise<void> {
  const total = () => jobs.reduce((sum, job) => sum + job.acknowledged, 0);
  const end = total() + batches;
  await Promise.all(
    jobs.map(async (job) => {
      try {
        for (;;) {
          await sendNext(server, job);
          if (total() >= end) server.child.kill("SIGKILL");
        }
      } catch (error) {
        // The connection that was cut; an answer that is wrong fails the test.
        if (!(error instanceof TypeError)) throw error;
      }
    }),
  );
  await server.ended;
}

/** What the file holds of a run's metric, read past the server. */
function storedSteps(job: Job, key: string): { steps: number[]; count: number } {
  const db = new Database(path.join(dataDir, "lrscope.db"), { readonly: true });
  try {
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    const series = db
      .prepare<[string, string], { id: number; count: number }>(
        `SELECT "id", "count" FROM "Series" WHERE "runId" = ? AND "key" = ?`,
      )
      .get(job.id, key);
    const rows = db
      .prepare<[number], { step: number }>(
        `SELECT "step" FROM "Observation" WHERE "seriesId" = ? ORDER BY "step"`,
      )
      .all(series?.id ?? -1);
    return { steps: rows.map(({ step }) => step), count: series?.count ?? 0 };
  } finally {
    db.close();
  }
}

test("kill -9 while jobs log: whatever was acknowledged is there, once, and whole batches only", async () => {
  const jobs = [true, true, false, false].map((named, i): Job => ({
    id: `job-${i}`,
    named,
    acknowledged: 0,
  }));
  for (let kill = 0; kill < KILLS; kill += 1) {
    const server = await startServer({ cwd: ROOT, dataDir });
    for (const { id } of jobs) await post(server, "/runs", { project: "killed", id, resume: "allow" });
    await sendUntilKilled(server, jobs, 10 + kill * 7);
    for (const job of jobs) {
      for (const key of ["loss", "lr"]) {
        const { steps, count } = storedSteps(job, key);
        expect(steps).toEqual(Array.from({ length: steps.length }, (_, step) => step));
        expect(count).toBe(steps.length);
        // The last batch may have been stored although its answer never left.
        expect([job.acknowledged, job.acknowledged + 1]).toContain(steps.length / POINTS);
      }
    }
  }
  expect(jobs.every(({ acknowledged }) => acknowledged > 0)).toBe(true);
});
