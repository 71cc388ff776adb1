import { beforeAll, describe, expect, test } from "vitest";
import * as runsRoute from "@/app/api/v1/runs/route";
import * as tableRoute from "@/app/api/v1/runs/table/route";
import * as fieldsRoute from "@/app/api/v1/runs/fields/route";
import * as api from "@/lib/contracts/endpoints/runs";
import { call, freshDatabase, type Input, ok } from "@/tests/support/api";
import { refusedFields } from "@/tests/support/problem";
import { createRun, finish, log, mint, type RunBody } from "@/tests/support/seed";

freshDatabase();

const list = (query: Input["query"]) => ok(runsRoute.GET, api.listRuns, { query });
const table = (query: Input["query"]) => ok(tableRoute.GET, api.runTable, { query });

const project = mint("asked");
const cosine = { kind: "cosine", peak: 0.1, floor: 0, steps: 10 } as const;
const RUNS: Record<string, [RunBody, (number | "NaN" | "-Infinity")[]]> = {
  a: [
    {
      name: "ResNet a",
      group: "g b",
      seed: 1,
      tags: ["base", "50%"],
      config: { optimizer: { lr: 0.1 }, "flat.key": "x" },
      schedule: cosine,
      total_steps: 10,
    },
    [3, 1],
  ],
  b: [{ name: "resnet_b", seed: 2, tags: ["base"], config: { optimizer: { lr: 0.01 } } }, [9, 8]],
  c: [{ name: "vgg", group: "g", config: { optimizer: { lr: "0.01" }, deep: [1, 2] } }, [0.5, 5]],
  d: [{ name: "Über", seed: 2, schedule: { ...cosine, peak: 0.2 }, total_steps: 10 }, [2, "NaN"]],
  e: [{ name: "100% sure", tags: ["ba_e"] }, ["-Infinity"]],
  f: [{ name: "silent" }, []],
};
const ids: Record<string, string> = {};
const keyOf = (id: string) => Object.entries(ids).find(([, known]) => known === id)?.[0] ?? "?";

beforeAll(async () => {
  for (const [key, [body, losses]] of Object.entries(RUNS)) {
    ids[key] = (await createRun({ project, ...body })).id;
    const points = losses.map((loss, step) => ({ step, metrics: { loss, lr: 0.5 } }));
    if (points.length > 0) await log(ids[key], { points });
  }
  await finish(ids.b!, { status: "failed" });
  await createRun({ project: mint("elsewhere"), name: "ResNet a", tags: ["base"] });
});

describe("filter", () => {
  // In alphabetical order: the same answer by the database, by rows, and by the table.
  test.each([
    ["", "abcdef"],
    ["status:running", "acdef"],
    ["-status:running", "b"],
    ["tag:base", "ab"],
    ["-tag:base", "cdef"],
    ["tag:*", "abe"],
    ["group:*", "ac"],
    ["-group:g", "abdef"],
    ['group:"g b"', "a"],
    ["seed<2", "a"],
    ["-seed<2", "bcdef"],
    ["seed!=2", "acef"],
    ["schedule:cosine", "ad"],
    ["-schedule:*", "bcef"],
    ["source:declared", "ad"],
    ["step>=1", "abcd"],
    ["-step:*", "f"],
    ["total_steps:10", "ad"],
    ["created>2020", "abcdef"],
    ["-created>2020", ""],
    ["ended:*", "b"],
    ["-ended>2020", "acdef"],
    ["metric:loss", "abcde"],
    ["metric:loss<5", "ae"],
    ["metric:loss<=5", "ace"],
    ["metric:loss:1", "a"],
    ["metric:loss:min<1", "c"],
    ["-metric:loss:min<1", "abdef"],
    ["metric:loss:min:*", "abcd"],
    ["metric:loss:NaN", "d"],
    ["metric:loss:-Infinity", "e"],
    ["metric:none", ""],
    ["lr:0.5", "abcde"],
    ["config.optimizer.lr:0.01", "bc"],
    ["config.optimizer.lr>0.01", "a"],
    ["config.flat.key:x", "a"],
    ["config.deep:*", "c"],
    ["schedule.peak>0.1", "d"],
    ["resnet", "ab"],
    ["über", "d"],
    ["100%", "e"],
    ["0%", "ae"],
    ["t_b", "b"],
    ["name~_", "b"],
    ["vgg or tag:base", "abc"],
    ["(vgg or tag:base) -seed:2", "ac"],
    ["-(vgg or tag:base)", "def"],
    ["tag:base config.optimizer.lr<1 or silent", "abf"],
  ])("%s finds %s", async (filter, keys) => {
    const listed = await list({ project, filter, sort: "name" });
    expect(
      listed.items
        .map(({ id }) => keyOf(id))
        .sort()
        .join(""),
    ).toBe(keys);
    const newest = await list({ project, filter });
    expect(newest.items.map(({ id }) => keyOf(id)).join("")).toBe([...keys].reverse().join(""));
    const { columns, total } = await table({ project, filter });
    expect(columns.id.map(keyOf).join("")).toBe([...keys].reverse().join(""));
    expect(total).toBe(keys.length);
  });

  test("joins the other parameters", async () => {
    const { items } = await list({ project, filter: "seed:*", tag: "base", q: "net_" });
    expect(items.map(({ id }) => keyOf(id))).toEqual(["b"]);
  });

  test.each([
    ["%", "ae"],
    ["_", "be"],
    ["RESNET", "ab"],
    ["ÜBER", "d"],
    ["50%", "a"],
    ["t a", "a"],
  ])("q=%s is part of a name, an id or a tag, no pattern", async (q, keys) => {
    const { items } = await list({ project, q, sort: "created_at" });
    expect(items.map(({ id }) => keyOf(id)).join("")).toBe(keys);
  });

  test("says where a text is no filter", async () => {
    for (const handler of [
      { get: runsRoute.GET, endpoint: api.listRuns },
      { get: tableRoute.GET, endpoint: api.runTable },
    ]) {
      const answer = await call(handler.get, handler.endpoint, { query: { filter: "a status:dancing" } });
      expect(answer).toMatchProblem(422, "invalid_parameters");
      expect(refusedFields(answer)).toEqual(["filter"]);
      expect(answer.problem?.detail).toContain(
        "status is one of running, finished, failed, killed, silent, lost. (character 10)",
      );
    }
  });
});

describe("orders by several keys", () => {
  test.each([
    ["seed,-name", "adbcfe"],
    ["-seed,name", "bdaefc"],
    ["config.optimizer.lr,name", "bcaefd"],
    ["-metric:loss:min,created", "bdacef"],
    ["status,name", "beafdc"],
    ["-group,created_at", "acbdef"],
    ["-lr,-created", "edcbaf"],
  ])("%s", async (sort, keys) => {
    const got = await list({ project, sort });
    const order = got.items.map(({ id }) => keyOf(id)).join("");
    const whole: string[] = [];
    let cursor: string | null = null;
    do {
      const page: typeof got = await list({ project, sort, limit: 2, ...(cursor ? { cursor } : {}) });
      whole.push(...page.items.map(({ id }) => keyOf(id)));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(whole.join("")).toBe(order);
    expect([...order].sort().join("")).toBe("abcdef");
    expect(order).toBe(keys);
  });

  test("a cursor of another order is refused", async () => {
    const { next_cursor } = await list({ project, sort: "name", limit: 2 });
    const answer = await call(runsRoute.GET, api.listRuns, {
      query: { project, sort: "name,seed", cursor: next_cursor ?? "" },
    });
    expect(refusedFields(answer)).toEqual(["cursor"]);
  });

  test.each(["name,", "a,b,c", "name,seed,step,lr,tag", "metric:"])("%s is refused", async (sort) => {
    expect(refusedFields(await call(runsRoute.GET, api.listRuns, { query: { sort } }))).toEqual(["sort"]);
  });
});

describe("the table", () => {
  test("holds what was asked for, each run at the same place in every column", async () => {
    const columns = 'config.optimizer.lr,metric:loss:min,schedule.peak,metric:"no such",tag';
    const got = await table({ project, columns });
    const at = got.columns.id.indexOf(ids.a!);
    for (const column of [...Object.values(got.columns), ...Object.values(got.values)]) {
      expect(column).toHaveLength(6);
    }
    expect(Object.entries(got.values).map(([name, cells]) => [name, cells[at]])).toEqual([
      ["config.optimizer.lr", 0.1],
      ["metric:loss:min", 1],
      ["schedule.peak", 0.1],
      ['metric:"no such"', null],
      ["tag", "50%, base"],
    ]);
    expect(got.schedules[got.columns.schedule[at]!]).toEqual({
      schedule: cosine,
      total_steps: 10,
      steps_per_epoch: null,
      follows_metric: false,
    });
    expect(got.projects[got.columns.project[at]!]).toMatchObject({ name: project, runs: 6 });
    expect(got.columns.place[at]).toBe(0);
    expect([got.columns.lr[at], got.columns.lr_metric[at]]).toEqual([0.5, "lr"]);
    expect(got.metrics).toEqual([
      { key: "loss", runs: 5 },
      { key: "lr", runs: 5 },
    ]);
  });

  test("draws the schedule of a run that ended as long as the run was, where nobody planned a length", async () => {
    const own = mint("lengths");
    const drawn = async () => (await table({ project: own })).schedules.map((one) => one.total_steps);
    const run = await createRun({ project: own, schedule: cosine });
    await log(run.id, { points: [{ step: 299, metrics: { lr: 0.1 } }] });
    expect(await drawn()).toEqual([null]);
    await finish(run.id);
    expect(await drawn()).toEqual([300]);
  });

  test("says how many there are when the limit cuts", async () => {
    const cut = await table({ project, limit: 2 });
    expect(cut.columns.id.map(keyOf)).toEqual(["f", "e"]);
    expect(cut.total).toBe(6);
    expect((await table({ project, limit: 2, filter: "resnet or vgg" })).total).toBe(3);
  });

  test("its fields are what the runs hold", async () => {
    const { items } = await ok(fieldsRoute.GET, api.runFields, { query: { project } });
    expect(items).toContainEqual({ field: "config.optimizer.lr", runs: 3, values: ["0.01", "0.1"] });
    expect(items).toContainEqual({ field: 'config."flat.key"', runs: 1, values: ["x"] });
    expect(items).toContainEqual({ field: "schedule.peak", runs: 2, values: ["0.1", "0.2"] });
  });
});
