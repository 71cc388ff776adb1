import { describe, expect, test } from "vitest";
import { GET as health } from "@/app/api/health/route";
import { GET as ready } from "@/app/api/ready/route";
import * as anythingRoute from "@/app/api/v1/[...path]/route";
import * as openapiRoute from "@/app/api/v1/openapi.json/route";
import * as projectsRoute from "@/app/api/v1/projects/route";
import { ENDPOINTS } from "@/lib/contracts/endpoints/all";
import { createProject, listProjects } from "@/lib/contracts/endpoints/projects";
import { openapi } from "@/lib/contracts/endpoints/system";
import { call, ok, freshDatabase } from "@/tests/support/api";
import { exportedHandlers } from "@/tests/support/handlers";
import { dump } from "@/tests/support/dump";
import { parseProblem } from "@/tests/support/problem";
import { mint } from "@/tests/support/seed";

freshDatabase();

const nameOf = ({ method, path: at }: { method: string; path: string }) => `${method} ${at}`;

test("the contract and the routes list the same calls, each once", async () => {
  const inContract = ENDPOINTS.map(nameOf);
  expect(new Set(inContract).size).toBe(inContract.length);
  expect([...(await exportedHandlers()).keys()].sort()).toEqual([...inContract].sort());
});

describe("openapi.json", () => {
  test("describes every endpoint with its parameters, body and answers", async () => {
    const document = await ok(openapiRoute.GET, openapi);
    expect(document).toMatchObject({ openapi: "3.1.0", servers: [{ url: "/api/v1" }] });
    const paths = new Map(Object.entries(document.paths as Record<string, Record<string, object>>));
    for (const endpoint of ENDPOINTS) {
      const operation = paths.get(endpoint.path)?.[endpoint.method.toLowerCase()];
      expect(operation, nameOf(endpoint)).toMatchObject({ summary: endpoint.summary, tags: [endpoint.tag] });
      const {
        parameters = [],
        requestBody,
        responses,
      } = operation as {
        parameters?: { name: string; in: string }[];
        requestBody?: object;
        responses: object;
      };
      const inPath = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
      expect(inPath).toEqual([...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      expect(requestBody !== undefined).toBe(endpoint.body !== undefined);
      expect(Object.keys(responses)).toEqual(
        expect.arrayContaining([...Object.keys(endpoint.responses), "default"]),
      );
    }
    const operations = [...paths.values()].flatMap((methods) => Object.keys(methods));
    expect(operations).toHaveLength(ENDPOINTS.length);
  });

  test("refers only to what it holds", async () => {
    const document = await ok(openapiRoute.GET, openapi);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, at]) =>
      at!.split("/"),
    );
    for (const reference of references) {
      const target = reference.reduce<unknown>(
        (at, key) => (at as Record<string, unknown> | undefined)?.[key],
        document,
      );
      expect(target, reference.join("/")).toBeDefined();
    }
  });
});

describe("who may call", () => {
  const refusedHeaders: [string, Record<string, string>][] = [
    ["another Host, as a rebound name sends", { host: "evil.example" }],
    ["a Host that only looks like ours", { host: "localhost.evil.example:3000" }],
    ["a Host with our name as a user", { host: "localhost@evil.example" }],
    ["no Host", { host: "" }],
    ["a foreign Origin", { origin: "https://evil.example" }],
    ["a page without an origin", { origin: "null" }],
    ["our name on another port", { origin: "http://localhost:8080" }],
    ["an Origin that is none", { origin: "localhost:3000" }],
    ["a cross-site request", { "sec-fetch-site": "cross-site" }],
  ];

  test.each(refusedHeaders)("%s is refused by every route, and nothing happens", async (_, headers) => {
    const before = await dump();
    const handlers = await exportedHandlers();
    for (const endpoint of ENDPOINTS) {
      const handler = handlers.get(nameOf(endpoint))!;
      const params = Object.fromEntries(
        [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name!, "x"]),
      );
      const answer = await call(handler, endpoint, {
        params,
        headers,
        ...(endpoint.body ? { body: { name: "x", project: "x" } } : {}),
      });
      expect(answer).toMatchProblem(403, "forbidden");
    }
    expect(await dump()).toBe(before);
  });

  test.each([
    [{ host: "127.0.0.1:4000", origin: "http://127.0.0.1:4000" }],
    [{ host: "[::1]:3000", origin: "http://[::1]:3000" }],
    [{ host: "LOCALHOST:3000", origin: "http://localhost:3000", "sec-fetch-site": "same-origin" }],
    [{ host: "localhost", "sec-fetch-site": "none" }],
  ])("%j is let in", async (headers) => {
    expect((await call(projectsRoute.GET, listProjects, { headers })).status).toBe(200);
  });
});

test("what is not part of the API is 404, in JSON", async () => {
  for (const handler of [
    anythingRoute.GET,
    anythingRoute.POST,
    anythingRoute.PUT,
    anythingRoute.PATCH,
    anythingRoute.DELETE,
  ]) {
    const request = new Request("http://localhost/api/v1/nothing", { headers: { host: "localhost" } });
    const problem = await parseProblem(await handler(request, { params: Promise.resolve({}) }));
    expect(problem).toMatchObject({
      status: 404,
      code: "not_found",
      detail: expect.stringContaining("/api/v1/nothing"),
    });
  }
});

test("answers are never cached, and carry the id of their request", async () => {
  const good = await call(projectsRoute.POST, createProject, { body: { name: mint("p") } });
  const bad = await call(projectsRoute.POST, createProject, { body: {} });
  for (const { response } of [good, bad]) {
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/);
  }
  expect(good.response.headers.get("x-request-id")).not.toBe(bad.response.headers.get("x-request-id"));
});

test("health and readiness", async () => {
  expect(await health().json()).toMatchObject({
    status: "ok",
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
  });
  const answer = await ready();
  expect([answer.status, await answer.json()]).toEqual([200, { status: "ok" }]);
});
