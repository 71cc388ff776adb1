import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { loadExamples, type LoadProgress } from "@/lib/client/examples/load-examples";
import { ExampleIndex } from "@/lib/client/examples/recording";
import { wireProject, wireRun } from "@/tests/support/wire";

const FOLDER = new URL("../../../../public/examples/", import.meta.url);
const full = ExampleIndex.parse(JSON.parse(readFileSync(new URL("index.json", FOLDER), "utf8")));
const few = {
  ...full,
  runs: full.runs.filter(({ id }) =>
    ["example-cnn-step-s0", "example-crashed-s0", "example-long-plateau-s0"].includes(id),
  ),
};

interface Call {
  what: string;
  body: unknown;
}

/** A server that knows what was sent to it; `ended` are runs that it holds already. */
function fakeServer(ended: string[] = [], refuse?: string) {
  const calls: Call[] = [];
  const problem = (status: number, code: string) =>
    Response.json(
      { type: "t", title: "t", status, code, detail: `refused: ${code}`, request_id: "q" },
      { status },
    );
  const answers: [RegExp, (path: string) => Response][] = [
    [/^GET \/examples\/index\.json/, () => Response.json(few)],
    [
      /^GET \/examples\//,
      (path) => new Response(new Uint8Array(readFileSync(new URL(path.replace("/examples/", ""), FOLDER)))),
    ],
    [/^POST \/api\/v1\/projects$/, () => problem(409, "conflict")],
    [
      /^GET \/api\/v1\/projects\//,
      (path) => Response.json(wireProject({ id: path.split("/").at(-1) ?? "" })),
    ],
    [
      /^GET \/api\/v1\/runs\?/,
      () => Response.json({ items: ended.map((id) => wireRun({ id })), next_cursor: null }),
    ],
    [
      /\/metrics$/,
      () =>
        Response.json({
          accepted: 1,
          duplicates: 0,
          last_step: 1,
          control: [],
          applies: false,
          warnings: [],
        }),
    ],
    [/^POST /, () => Response.json(wireRun())],
  ];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
    init.signal?.throwIfAborted();
    const what = `${init.method ?? "GET"} ${url}`;
    calls.push({ what, body: typeof init.body === "string" ? JSON.parse(init.body) : null });
    if (refuse !== undefined && what.endsWith(refuse)) return problem(503, "unavailable");
    const found = answers.find(([pattern]) => pattern.test(what));
    if (!found) throw new Error(`unexpected ${what}`);
    return found[1](url);
  });
  return calls;
}

const whats = (calls: readonly Call[]) => calls.map(({ what }) => what);

describe("loading the examples", () => {
  let progress: LoadProgress[];
  const load = (signal = new AbortController().signal) => loadExamples((step) => progress.push(step), signal);

  beforeEach(() => {
    progress = [];
  });
  afterEach(() => vi.unstubAllGlobals());

  test("creates, logs in batches and ends each run, and says how far it is", async () => {
    const calls = fakeServer();
    const done = await load();
    expect(done).toMatchObject({
      done: 3,
      total: 3,
      unreadable: 1,
      projects: [{ id: "digits-cnn" }, { id: "mistakes" }],
    });
    expect(progress.map((step) => step.done)).toEqual([0, 1, 2, 3]);
    const batches = calls.filter(({ what }) => what === "POST /api/v1/runs/example-long-plateau-s0/metrics");
    expect(batches.map(({ body }) => body)).toMatchObject([
      { batch_id: "example-0" },
      { batch_id: "example-2000" },
    ]);
    expect(calls).toContainEqual({
      what: "POST /api/v1/runs/example-crashed-s0/finish",
      body: { status: "failed", time: expect.any(Number) },
    });
  });

  test("leaves the run open that waits for a decision, and gives it a policy", async () => {
    const calls = fakeServer();
    await load();
    expect(whats(calls)).not.toContain("POST /api/v1/runs/example-long-plateau-s0/finish");
    const created = calls.filter(({ what }) => what === "POST /api/v1/runs").map(({ body }) => body);
    expect(created).toContainEqual(
      expect.objectContaining({
        id: "example-long-plateau-s0",
        plateau: [expect.objectContaining({ action: "recommend" })],
      }),
    );
  });

  test("a second time sends no points of runs that are there", async () => {
    const calls = fakeServer(few.runs.map(({ id }) => id));
    expect(await load()).toMatchObject({ done: 3, unreadable: 0 });
    expect(whats(calls).filter((what) => what.startsWith("POST"))).toEqual([
      "POST /api/v1/projects",
      "POST /api/v1/projects",
    ]);
  });

  test("stops when told and when refused", async () => {
    fakeServer();
    await expect(load(AbortSignal.abort())).rejects.toThrow(/abort/i);
    const calls = fakeServer([], "example-cnn-step-s0/metrics");
    await expect(load()).rejects.toThrow("refused: unavailable");
    expect(whats(calls)).not.toContain("POST /api/v1/runs/example-crashed-s0/metrics");
  });
});
