import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { ENDPOINTS } from "@/lib/contracts/endpoints/all";
import { anyRequest, bodyOf, endpointName, type Fuzzed } from "@/tests/support/fuzz";
import { call, type Handler, ok, requestFor, freshDatabase } from "@/tests/support/api";
import { exportedHandlers } from "@/tests/support/handlers";
import { createRun, logValues, requestControl } from "@/tests/support/seed";

freshDatabase();

const REQUESTS = 3000;
const endpoints = new Map(ENDPOINTS.map((endpoint) => [endpointName(endpoint), endpoint]));
let handlers: Map<string, Handler>;
const known: string[] = ["fuzzed"];

beforeAll(async () => {
  handlers = await exportedHandlers();
  expect(handlers.size).toBe(ENDPOINTS.length);
  await createRun({
    id: "fuzzed",
    project: "fuzzed",
    resume: "allow",
    schedule: { kind: "constant", value: 0.1 },
    plateau: [{ metric: "loss", detector: "torch", patience: 1 }],
  });
  await logValues("fuzzed", "loss", [3, 2, 2, 2, 2]);
  await logValues("fuzzed", "lr", [0.1, 0.1]);
  known.push((await requestControl("fuzzed", { kind: "scale_lr", factor: 0.5 })).id);
});

/** A deletion must not end the fun for all that comes after it. */
async function bringBack(): Promise<void> {
  await createRun({ project: "fuzzed" });
  const restore = endpoints.get("POST /runs/{run_id}/restore")!;
  await ok(handlers.get("POST /runs/{run_id}/restore")!, restore, { params: { run_id: "fuzzed" } });
}

/** What one request is answered with. */
async function send(fuzzed: Fuzzed): Promise<number> {
  const { query, param, type } = fuzzed;
  const endpoint = endpoints.get(fuzzed.call)!;
  // What a URL can carry: lone surrogates become replacement characters.
  const text = param === null ? null : Buffer.from(param).toString();
  const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const params = Object.fromEntries(
    names.map((name) => [
      name,
      text ?? (name === "key" ? "loss" : name === "control_id" ? known[1]! : "fuzzed"),
    ]),
  );
  const input = {
    params,
    query: { ...query, ...(endpoint.path.endsWith("pending") ? { wait: 0 } : {}) },
    ...(endpoint.body ? { body: bodyOf(fuzzed) ?? "", headers: { "content-type": type } } : {}),
  };
  const handler = handlers.get(fuzzed.call)!;
  if (endpoint.produces === undefined) {
    const { status } = await call(handler, endpoint, input);
    if (endpoint.method === "DELETE" && status === 204) await bringBack();
    return status;
  }
  const response = await handler(requestFor(endpoint, input), { params: Promise.resolve(params) });
  await response.body?.cancel();
  return response.status;
}

test(
  `${REQUESTS} malformed requests: no 5xx, and every refusal is a problem with a code`,
  { timeout: 120_000 },
  async () => {
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(anyRequest, async (fuzzed) => {
        const status = await send(fuzzed);
        seen.set(status, (seen.get(status) ?? 0) + 1);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: REQUESTS, seed: 20261123 },
    );
    for (const status of [200, 201, 400, 404, 409, 415, 422])
      expect(seen.get(status), String(status)).toBeGreaterThan(0);
  },
);
