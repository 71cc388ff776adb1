import { beforeAll, describe, expect, test } from "vitest";
import * as curvesRoute from "@/app/api/v1/compare/curves/route";
import * as compareRoute from "@/app/api/v1/compare/route";
import * as bulkRoute from "@/app/api/v1/runs/bulk/route";
import * as runsRoute from "@/app/api/v1/runs/route";
import * as tableRoute from "@/app/api/v1/runs/table/route";
import * as compareApi from "@/lib/contracts/endpoints/compare";
import * as runsApi from "@/lib/contracts/endpoints/runs";
import { database } from "@/lib/server/db/database";
import { purgeOld } from "@/lib/server/maintenance";
import { freshDatabase, ok } from "@/tests/support/api";
import { createRuns } from "@/tests/support/many";
import { controlOf, createRun, log, metricsOf, plateauOf, requestControl } from "@/tests/support/seed";

freshDatabase();

// Prisma gives SQLite at most 999 parameters a statement.
const MANY = 3000;

describe(`${MANY} runs, each in a project of its own and with an LR of its own name`, () => {
  let runs: string[];

  beforeAll(async () => {
    runs = await createRuns(MANY);
  });

  const bulk = (body: object) => ok(bulkRoute.POST, runsApi.bulkRuns, { body });

  test.each([
    [
      { action: "tag", tag: "all" },
      { action: "untag", tag: "all" },
    ],
    [{ action: "archive" }, { action: "unarchive" }],
    [{ action: "delete" }, { action: "restore" }],
  ])("%j all at once, and %j", async (change, back) => {
    expect((await bulk({ ...change, runs })).changed.sort()).toEqual(runs);
    expect((await bulk({ ...change, runs: runs.slice(0, 1), action: back.action })).changed).toEqual([
      runs[0],
    ]);
    expect((await bulk({ ...back, runs })).changed.sort()).toEqual(runs.slice(1));
  });

  test("are listed in a table, with their projects and LRs", async () => {
    const query = { columns: "metric:lr7:min" };
    const { columns, projects, total } = await ok(tableRoute.GET, runsApi.runTable, { query });
    expect([total, projects.length, new Set(columns.project).size]).toEqual([MANY, MANY, MANY]);
    expect(columns.lr.filter((lr) => lr === 0.5)).toHaveLength(MANY);
  });

  test("are searched, filtered and put in order", async () => {
    const list = (query: Record<string, string>) => ok(runsRoute.GET, runsApi.listRuns, { query });
    expect((await list({ q: "many-0012" })).items.length).toBeGreaterThan(10);
    expect((await list({ filter: "project~own-7 lr:0.5", sort: "-lr,project" })).items).toHaveLength(50);
    const seeds = Array.from({ length: 150 }, (_, i) => `seed:${i}`).join(" or ");
    expect((await list({ filter: seeds, limit: "200" })).items).toHaveLength(150);
  });

  test("are compared, a thousand of them", async () => {
    const body = { runs: runs.slice(0, 1000), by: "project", metric: "loss", mode: "min" };
    expect((await ok(compareRoute.POST, compareApi.compare, { body })).runs).toHaveLength(1000);
    const curves = { runs: runs.slice(0, 1000), by: "group", metrics: ["loss"], lr: true };
    const { lr, sets } = await ok(curvesRoute.POST, compareApi.compareCurves, { body: curves });
    expect([lr?.members_total, sets[0]?.members_total]).toEqual([1000, 1000]);
  });

  test("go for good once they have been deleted for long enough", async () => {
    const gone = runs.slice(0, 1200);
    await bulk({ action: "delete", runs: gone });
    await purgeOld(new Date(Date.now() + 31 * 86_400_000));
    const { reader } = await database();
    expect(await reader.prisma.run.count()).toBe(MANY - gone.length);
  }, 120_000);
});

describe(`a point of ${MANY} metrics`, () => {
  const metrics = (name: string, value: number, count = MANY) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`${name}${i}`, value]));

  test("reaches the policy of one of them", async () => {
    const { id } = await createRun({ plateau: [{ metric: "m0", detector: "torch", patience: 0 }] });
    await log(id, { points: [0, 1, 2].map((step) => ({ step, metrics: metrics("m", 1) })) });
    expect(await metricsOf(id)).toHaveLength(MANY);
    expect((await plateauOf(id))[0]?.fired.length).toBeGreaterThan(0);
  });

  test("among them the LR of a thousand param groups, as many as names count", async () => {
    const { id } = await createRun({ lr_metric: "lr/group_0" });
    await log(id, { points: [{ step: 0, metrics: metrics("lr/group_", 0.5, 1000) }] });
    await requestControl(id, { kind: "scale_lr", factor: 0.5 });
    const [request] = await controlOf(id);
    expect(request?.lr).toEqual(Array.from({ length: 1000 }, () => 0.25));
  });
});
