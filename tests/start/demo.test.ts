import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { type Command, start, startServer, type TestServer } from "../support/server";

/** Another build than this one's, where there is one. */
const ROOT = process.env.LRSCOPE_TEST_ROOT ?? path.resolve(import.meta.dirname, "../..");
const STEPS = 1000;

let server: TestServer;

beforeAll(async () => {
  if (!process.env.LRSCOPE_TEST_ROOT) {
    const { code, output } = await start(process.execPath, ["scripts/setup.mjs", "--build"]).ended;
    if (code !== 0) throw new Error(output);
  }
  expect(existsSync(path.join(ROOT, ".next/BUILD_ID"))).toBe(true);
  server = await startServer({ cwd: ROOT });
});

afterAll(() => server.stop());

const demo = (url: string, ...args: string[]): Command =>
  start(process.execPath, ["examples/demo.mjs", "--url", url, "--pace", "0", ...args]);

const Runs = z.object({ items: z.array(z.object({ id: z.string(), status: z.string() })) });
const Requests = z.object({ items: z.array(z.object({ kind: z.string(), status: z.string() })) });
const Audit = z.object({ verdict: z.string(), max_relative_error: z.number() });
const Metric = z.object({ items: z.array(z.unknown()), next_cursor: z.string().nullable() });

async function get<T>(address: string, schema: z.ZodType<T>): Promise<T> {
  const response = await fetch(`${server.url}/api/v1${address}`);
  return schema.parse(await response.json());
}

async function runs() {
  return (await get("/runs?project=spirals", Runs)).items;
}

test("trains, and halves its LR where the server's policy says so", async () => {
  const { code, output } = await demo(server.url, "--steps", String(STEPS), "--apply").ended;
  expect(output).toContain("Done.");
  expect(code).toBe(0);
  const [run] = await runs();
  expect(run?.status).toBe("finished");
  const { items } = await get(`/runs/${run?.id}/control`, Requests);
  expect(items.map(({ kind }) => kind)).toContain("scale_lr");
  expect(items.every(({ status }) => status === "verified")).toBe(true);
  const audit = await get(`/runs/${run?.id}/audit`, Audit);
  expect(audit.verdict).toBe("match");
  expect(audit.max_relative_error).toBeLessThan(1e-12);
  const logged = await get(`/runs/${run?.id}/metrics/lr?raw=1&limit=10000`, Metric);
  expect(logged.items).toHaveLength(STEPS);
});

test("stops when it is asked to", async () => {
  const known = (await runs()).map(({ id }) => id);
  const command = demo(server.url, "--steps", "1000000");
  const run = await vi.waitUntil(async () => (await runs()).find(({ id }) => !known.includes(id)), 20_000);
  await fetch(`${server.url}/api/v1/runs/${run.id}/control`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ kind: "stop" }),
  });
  const { code, output } = await command.ended;
  expect(output).toContain("Stopped as asked.");
  expect(code).toBe(0);
  expect((await get(`/runs/${run.id}/control`, Requests)).items).toMatchObject([
    { kind: "stop", status: "verified" },
  ]);
});

test("says so when there is no server", async () => {
  const { code, output } = await demo("http://127.0.0.1:9").ended;
  expect(output).toContain("No server answers at http://127.0.0.1:9");
  expect(code).toBe(1);
});
