import http, { type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/runs/[run_id]/metrics/route";
import { offerDirectWay } from "@/lib/server/http/direct";
import { freshDatabase } from "../support/api";
import { createRun, metricsOf, mint } from "../support/seed";

freshDatabase();

const MAX_BODY = 16 * 1024 * 1024;
const PASSED_BY = 599;
const serveDirectly = () =>
  (globalThis as { __lrscopeDirect?: (request: IncomingMessage, response: ServerResponse) => boolean })
    .__lrscopeDirect;

let server: Server;
let origin: string;

beforeAll(async () => {
  offerDirectWay();
  server = http.createServer((request, response) => {
    if (!serveDirectly()?.(request, response)) response.writeHead(PASSED_BY).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const JSON_TYPE = { "content-type": "application/json" };
const point = (metrics: object, step = 0) => JSON.stringify({ points: [{ step, time: 1, metrics }] });

/** The same request both ways; the id of a request and what only a transport sets are left out. */
async function bothWays(body: string, headers: Record<string, string>) {
  const told = async (response: Response) => {
    const body = (await response.json()) as Record<string, unknown>;
    delete body.request_id;
    const type = response.headers.get("content-type");
    return { status: response.status, type, cache: response.headers.get("cache-control"), body };
  };
  const [one, other] = [await createRun(), await createRun()];
  const direct = await fetch(`${origin}/api/v1/runs/${one.id}/metrics`, { method: "POST", body, headers });
  const routed = await POST(
    new Request(`${origin}/api/v1/runs/${other.id}/metrics`, {
      method: "POST",
      body,
      headers: { host: new URL(origin).host, ...headers },
    }),
    { params: Promise.resolve({ run_id: other.id }) },
  );
  return { direct: await told(direct), routed: await told(routed) };
}

describe("the way past Next answers as the route does", () => {
  test.each<[string, number, string, Record<string, string>]>([
    ["points", 200, point({ loss: 1, lr: "NaN" }), JSON_TYPE],
    [
      "lines",
      200,
      '{"step":0,"time":1,"metrics":{"a":1}}\n{"step":1,"time":2,"metrics":{"a":2}}',
      { "content-type": "application/x-ndjson" },
    ],
    ["an unknown field", 422, '{"points":[],"more":1}', JSON_TYPE],
    ["no JSON", 400, "{", JSON_TYPE],
    ["another type", 415, "a,b", { "content-type": "text/csv" }],
    ["a packed body", 415, point({ a: 1 }), { ...JSON_TYPE, "content-encoding": "gzip" }],
    ["a body of too many values", 413, `[${"0,".repeat(300_001)}0]`, JSON_TYPE],
    ["the most values that are looked at", 422, `[${"0,".repeat(300_000)}0]`, JSON_TYPE],
    ["a foreign origin", 403, point({ a: 1 }), { ...JSON_TYPE, origin: "https://elsewhere.example" }],
    ["a body over the limit", 413, JSON.stringify("x".repeat(MAX_BODY)), JSON_TYPE],
  ])("%s", async (_, status, body, headers) => {
    const { direct, routed } = await bothWays(body, headers);
    expect(direct).toEqual(routed);
    expect(direct.status).toBe(status);
  });
});

test("a body in pieces without a length is cut off at the limit, and the connection serves on", async () => {
  const run = await createRun();
  const url = `${origin}/api/v1/runs/${run.id}/metrics`;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const post = (body: string) =>
    new Promise<number>((resolve, reject) => {
      const request = http.request(url, { method: "POST", agent, headers: JSON_TYPE }, (response) => {
        response.resume().on("end", () => resolve(response.statusCode ?? 0));
      });
      request.on("error", reject);
      for (let at = 0; at < body.length; at += MAX_BODY / 4) request.write(body.slice(at, at + MAX_BODY / 4));
      request.end();
    });
  expect(await post(JSON.stringify("x".repeat(MAX_BODY)))).toBe(413);
  expect(await post(point({ a: 1 }))).toBe(200);
  agent.destroy();
});

test("a request that is cut off stores nothing", async () => {
  const run = await createRun();
  const seenByServer = new Promise<void>((resolve) => {
    server.prependOnceListener("request", (request: IncomingMessage) => request.once("close", resolve));
  });
  const request = http.request(`${origin}/api/v1/runs/${run.id}/metrics`, {
    method: "POST",
    headers: { ...JSON_TYPE, "content-length": "1000" },
  });
  request.on("error", () => undefined);
  request.write(point({ a: 1 }), () => request.destroy());
  await seenByServer;
  expect(await metricsOf(run.id)).toEqual([]);
});

test.each([
  ["GET", "/api/v1/runs/x/metrics"],
  ["GET", "/api/v1/runs/x/metrics/loss"],
  ["POST", "/api/v1/runs/x/finish"],
  ["POST", "/api/v1/runs/a%2Fb/metrics"],
  ["POST", "/api/v1/runs"],
])("%s %s is left to Next", async (method, path) => {
  expect((await fetch(origin + path, { method })).status).toBe(PASSED_BY);
});

test("a run that is not there", async () => {
  const response = await fetch(`${origin}/api/v1/runs/${mint("none")}/metrics`, {
    method: "POST",
    headers: JSON_TYPE,
    body: point({ a: 1 }),
  });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: "not_found" });
});
