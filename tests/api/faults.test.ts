import { renameSync, writeFileSync } from "node:fs";
import Database from "better-sqlite3";
import path from "node:path";
import pg from "pg";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import * as healthRoute from "@/app/api/health/route";
import * as readyRoute from "@/app/api/ready/route";
import * as streamRoute from "@/app/api/v1/stream/route";
import { stream } from "@/lib/contracts/endpoints/system";
import * as metricsRoute from "@/app/api/v1/runs/[run_id]/metrics/route";
import * as runRoute from "@/app/api/v1/runs/[run_id]/route";
import { getRun as getRunApi } from "@/lib/contracts/endpoints/runs";
import { logMetrics } from "@/lib/contracts/endpoints/metrics";
import { database } from "@/lib/server/db/database";
import { call, freshDatabase, onPostgres } from "@/tests/support/api";
import { createRun, getRun, log, metricsOf, readRaw } from "@/tests/support/seed";

freshDatabase();

const points = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ step: from + i, time: from + i, metrics: { x: from + i } }));
const post = (run_id: string, from: number, count: number) =>
  call(metricsRoute.POST, logMetrics, {
    params: { run_id },
    body: { points: points(from, count), batch_id: `${from}` },
  });

/** A clear answer that says when to come again; nothing was stored. */
async function expectUnavailable(answer: Awaited<ReturnType<typeof post>>, run_id: string, stored: number) {
  expect(answer).toMatchProblem(503, "unavailable");
  expect(answer.response.headers.get("retry-after")).toBe("2");
  expect((await metricsOf(run_id))[0]?.count ?? 0).toBe(stored);
}

async function expectComplete(run_id: string, count: number) {
  expect((await readRaw(run_id, "x", { limit: 10_000 })).map(({ step }) => step)).toEqual(
    Array.from({ length: count }, (_, step) => step),
  );
  expect(await metricsOf(run_id)).toMatchObject([{ count, last_step: count - 1 }]);
}

describe.runIf(onPostgres)("PostgreSQL", () => {
  /** Cuts every connection, and lets nobody in or everybody. */
  async function admit(allowed: boolean): Promise<void> {
    const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
    const name = new URL(process.env.DATABASE_URL!).pathname.slice(1);
    await client.connect();
    await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${allowed}`);
    await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
    await client.end();
  }

  test("gone in the middle: 503 or stored, nothing twice, and all goes on when it is back", async () => {
    const run = await createRun();
    const batches = Array.from({ length: 20 }, (_, i) => i * 10);
    const flying = batches.map((from) => post(run.id, from, 10));
    await admit(false);
    for (const { status } of await Promise.all(flying)) expect([200, 503]).toContain(status);
    expect(await post(run.id, 0, 10)).toMatchProblem(503, "unavailable");
    await admit(true);
    for (const from of batches) expect((await post(run.id, from, 10)).status).toBe(200);
    await expectComplete(run.id, 200);
  });

  test(
    "that ends every connection again and again: 503 or stored, and nothing is left unhandled",
    { timeout: 120_000 },
    async () => {
      const run = await createRun();
      const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
      const name = new URL(process.env.DATABASE_URL!).pathname.slice(1);
      await client.connect();
      const unhandled: unknown[] = [];
      const keep = (error: unknown) => unhandled.push(error);
      process.on("uncaughtException", keep).on("unhandledRejection", keep);
      onTestFinished(() => {
        process.off("uncaughtException", keep).off("unhandledRejection", keep);
        return client.end();
      });
      const each = Array.from({ length: 6 }, (_, i) => i * 10);
      for (let round = 0; round < 20; round += 1) {
        const flying = each.flatMap((from) => [
          post(run.id, round * 60 + from, 10),
          call(runRoute.GET, getRunApi, { params: { run_id: run.id } }),
        ]);
        // Between two requests, amid them, and once more while the pool makes its connections anew.
        for (let cut = 0; cut < 4; cut += 1) {
          await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [
            name,
          ]);
        }
        for (const { status } of await Promise.all(flying)) expect([200, 503]).toContain(status);
      }
      await vi.waitFor(async () => expect((await post(run.id, 0, 1200)).status).toBe(200));
      await expectComplete(run.id, 1200);
      expect(unhandled).toEqual([]);
    },
  );
});

describe.skipIf(onPostgres)("SQLite", () => {
  const file = () => path.join(process.env.LRSCOPE_DATA!, "lrscope.db");

  test("a disk without room: 503, and all goes on when there is some", async () => {
    const run = await createRun();
    await log(run.id, { points: points(0, 10), batch_id: "0" });
    const native = (await database()).writer.native!;
    const pages = Number(native.pragma("page_count", { simple: true }));
    native.pragma(`max_page_count = ${pages + 2}`);
    const answers = await Promise.all([post(run.id, 10, 5000), post(run.id, 10, 5000)]);
    for (const answer of answers) await expectUnavailable(answer, run.id, 10);
    native.pragma("max_page_count = 1000000000");
    expect((await post(run.id, 10, 5000)).body).toMatchObject({ accepted: 5000, duplicates: 0 });
    await expectComplete(run.id, 5010);
  });

  test.each(["lrscope.db", "lrscope.db-wal"])(
    "%s deleted or replaced: 503 that names it, and all goes on when it is back",
    async (name) => {
      const run = await createRun();
      await log(run.id, { points: points(0, 10), batch_id: "0" });
      const lost = path.join(process.env.LRSCOPE_DATA!, name);
      renameSync(lost, `${lost}.away`);
      const asked = [
        () => post(run.id, 10, 10),
        () => call(runRoute.GET, getRunApi, { params: { run_id: run.id } }),
        () => call(streamRoute.GET, stream, {}),
      ];
      for (const state of ["deleted or moved away", "replaced by another file"]) {
        for (const ask of asked) {
          const answer = await ask();
          expect(answer).toMatchProblem(503, "unavailable");
          expect(answer.problem?.detail).toContain(`${lost} was ${state}`);
        }
        const ready = await readyRoute.GET();
        expect(ready.status).toBe(503);
        expect(await ready.json()).toMatchObject({
          status: "unavailable",
          detail: expect.stringContaining(lost),
        });
        expect((await healthRoute.GET()).status).toBe(200);
        writeFileSync(lost, "another");
      }
      renameSync(`${lost}.away`, lost);
      expect((await readyRoute.GET()).status).toBe(200);
      expect((await post(run.id, 10, 10)).body).toMatchObject({ accepted: 10 });
      await expectComplete(run.id, 20);
    },
  );

  test("a file that another process has locked: 503 after a while, reads go on meanwhile, and so do writes afterwards", async () => {
    const run = await createRun();
    await log(run.id, { points: points(0, 10), batch_id: "0" });
    const other = new Database(file());
    other.exec("BEGIN EXCLUSIVE");
    let over = false;
    const writing = post(run.id, 10, 10).finally(() => (over = true));
    expect((await healthRoute.GET()).status).toBe(200);
    expect((await getRun(run.id)).last_step).toBe(9);
    expect(over).toBe(false);
    await expectUnavailable(await writing, run.id, 10);
    const second = post(run.id, 10, 10);
    other.exec("ROLLBACK");
    other.close();
    expect((await second).body).toMatchObject({ accepted: 10 });
    await expectComplete(run.id, 20);
  });
});
