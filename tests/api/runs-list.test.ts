import { beforeAll, describe, expect, test } from "vitest";
import * as runRoute from "@/app/api/v1/runs/[run_id]/route";
import * as runsRoute from "@/app/api/v1/runs/route";
import * as api from "@/lib/contracts/endpoints/runs";
import { call, type Input, ok, freshDatabase } from "@/tests/support/api";
import { refusedFields } from "@/tests/support/problem";
import { createRun, finish, log, mint, type RunBody } from "@/tests/support/seed";

freshDatabase();

const list = (query: Input["query"]) => ok(runsRoute.GET, api.listRuns, { query });
const idsOf = async (query: Input["query"]) => (await list(query)).items.map(({ id }) => id);

const project = mint("listed");
const ids: Record<string, string> = {};

beforeAll(async () => {
  const cosine = { kind: "cosine", peak: 0.1, floor: 0, steps: 10 } as const;
  const runs: [string, RunBody, (number | "NaN")[]][] = [
    ["best", { name: "alpha", group: "g1", tags: ["fast", "50%"], schedule: cosine }, [3, 1]],
    ["worst", { name: "delta", group: "g1", tags: ["slow"] }, [9, 8]],
    ["middle", { name: "beta", group: "g2", tags: ["fast"] }, [0.5, 5]],
    ["broken", { name: "gamma", schedule: { kind: "constant", value: 1 } }, [2, "NaN"]],
    ["silent", { name: "epsilon_1" }, []],
  ];
  for (const [key, body, losses] of runs) {
    ids[key] = (await createRun({ project, ...body })).id;
    if (losses.length > 0)
      await log(ids[key], { points: losses.map((loss, step) => ({ step, metrics: { loss } })) });
  }
  await finish(ids.worst!, { status: "failed" });
  await createRun({ project: mint("other"), name: "alpha", group: "g1", tags: ["fast"] });
});

const named = (keys: readonly string[]) => keys.map((key) => ids[key]);

describe("filters", () => {
  test.each<[Record<string, string>, string[]]>([
    [{}, ["silent", "broken", "middle", "worst", "best"]],
    [{ status: "running" }, ["silent", "broken", "middle", "best"]],
    [{ status: "failed" }, ["worst"]],
    [{ group: "g1" }, ["worst", "best"]],
    [{ tag: "fast" }, ["middle", "best"]],
    [{ tag: "fas" }, []],
    [{ schedule_family: "cosine" }, ["best"]],
    [{ q: "eta" }, ["middle"]],
    [{ q: "psilon_1" }, ["silent"]],
    [{ tag: "fast", group: "g2", status: "running" }, ["middle"]],
    [{ group: "none" }, []],
  ])("%j", async (query, keys) => expect(await idsOf({ project, ...query })).toEqual(named(keys)));

  test("by the project's id, and by part of the run's", async () => {
    const [run] = (await list({ project, limit: 1 })).items;
    expect(await idsOf({ project: run!.project.id })).toHaveLength(5);
    expect(await idsOf({ q: run!.id.slice(20) })).toEqual([run!.id]);
  });
});

describe("orders", () => {
  test.each<[string, string[]]>([
    ["created_at", ["best", "worst", "middle", "broken", "silent"]],
    ["-created_at", ["silent", "broken", "middle", "worst", "best"]],
    ["name", ["best", "middle", "worst", "silent", "broken"]],
    ["-name", ["broken", "silent", "worst", "middle", "best"]],
    ["metric:loss", ["best", "middle", "worst"]],
    ["-metric:loss", ["worst", "middle", "best"]],
    ["metric:loss:min", ["middle", "best", "broken", "worst"]],
    ["-metric:loss:max", ["worst", "middle", "best", "broken"]],
  ])("%s, runs without a value last", async (sort, keys) => {
    const got = await idsOf({ project, sort });
    expect(got.slice(0, keys.length)).toEqual(named(keys));
    expect(new Set(got)).toEqual(new Set(Object.values(ids)));
  });

  test("a run without the metric is last in either direction", async () => {
    for (const sort of ["metric:loss", "-metric:loss"]) {
      const got = await idsOf({ project, sort });
      expect(new Set(got.slice(3))).toEqual(new Set(named(["broken", "silent"])));
    }
  });
});

describe("pages", () => {
  async function walk(query: Input["query"], between: (page: number) => Promise<void>) {
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let page = 0; page === 0 || cursor !== null; page += 1) {
      const got: Awaited<ReturnType<typeof list>> = await list({ ...query, ...(cursor ? { cursor } : {}) });
      seen.push(...got.items.map(({ id }) => id));
      cursor = got.next_cursor;
      await between(page);
    }
    return seen;
  }

  test.each(["created_at", "-created_at", "name", "-name", "metric:x", "-metric:x:max"])(
    "by %s each run comes once, also while runs are made and deleted",
    async (sort) => {
      const tag = mint("t");
      const body = { project: mint("walked"), tags: [tag] };
      const made: string[] = [];
      for (let i = 0; i < 9; i += 1) {
        const run = await createRun({ ...body, name: `same-${i % 3}` });
        if (i % 4 !== 0) await log(run.id, { points: [{ step: 0, metrics: { x: i % 2 } }] });
        made.push(run.id);
      }
      const seen = await walk({ tag, sort, limit: 2 }, async (page) => {
        if (page > 3) return;
        await createRun({ ...body, name: `same-${page % 3}` });
        if (page === 0) await ok(runRoute.DELETE, api.deleteRun, { params: { run_id: made[4]! } });
      });
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(made.filter((id) => id !== made[4])));
    },
  );

  test.each([
    [{ cursor: "nonsense" }, "cursor"],
    [{ cursor: "WzEsMl0" }, "cursor"],
    [{ cursor: "" }, "cursor"],
    [{ sort: "name", cursor: Buffer.from('["\\u0000","x"]').toString("base64url") }, "cursor"],
    [{ sort: "metric:x", cursor: Buffer.from('["1","x"]').toString("base64url") }, "cursor"],
    [{ sort: "size" }, "sort"],
    [{ sort: "metric:" }, "sort"],
    [{ limit: 201 }, "limit"],
    [{ limit: 1.5 }, "limit"],
    [{ status: "done" }, "status"],
    [{ project: "" }, "project"],
    [{ tag: "\u0000" }, "tag"],
    [{ owner: "me" }, "owner"],
  ])("%j is refused", async (query, field) => {
    const answer = await call(runsRoute.GET, api.listRuns, { query });
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)).toEqual([field]);
  });

  test("a parameter given twice is refused", async () => {
    const request = new Request("http://localhost/api/v1/runs?tag=a&tag=b", {
      headers: { host: "localhost" },
    });
    const response = await runsRoute.GET(request, { params: Promise.resolve({}) });
    expect(response.status).toBe(422);
  });
});
