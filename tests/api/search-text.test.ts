import { beforeAll, describe, expect, test } from "vitest";
import * as comparisonsRoute from "@/app/api/v1/comparisons/route";
import * as projectsRoute from "@/app/api/v1/projects/route";
import * as runsRoute from "@/app/api/v1/runs/route";
import * as schedulesRoute from "@/app/api/v1/schedules/route";
import * as compareApi from "@/lib/contracts/endpoints/compare";
import * as projectsApi from "@/lib/contracts/endpoints/projects";
import * as runsApi from "@/lib/contracts/endpoints/runs";
import * as schedulesApi from "@/lib/contracts/endpoints/schedules";
import { freshDatabase, ok } from "@/tests/support/api";

freshDatabase();

/** Each differs from the one before only by a character that LIKE takes for more than itself, or by its case. */
const NAMES = ["lr_0.5 100%", "lr-0.5 100x", "lr\\0.5 100%", "ÄRGER", "plain"];
const schedule = { kind: "constant", value: 0.1 };

type Find = (q: string, limit?: number, cursor?: string) => Promise<{ names: string[]; next: string | null }>;
const found = ({ items, next_cursor }: { items: { name: string }[]; next_cursor: string | null }) => ({
  names: items.map(({ name }) => name),
  next: next_cursor,
});
const query = (q: string, limit = 50, cursor?: string) => ({ q, limit, ...(cursor ? { cursor } : {}) });

const LISTS: Record<string, Find> = {
  projects: async (...asked) =>
    found(await ok(projectsRoute.GET, projectsApi.listProjects, { query: query(...asked) })),
  runs: async (...asked) => found(await ok(runsRoute.GET, runsApi.listRuns, { query: query(...asked) })),
  "saved schedules": async (...asked) =>
    found(await ok(schedulesRoute.GET, schedulesApi.listSaved, { query: query(...asked) })),
  comparisons: async (...asked) =>
    found(await ok(comparisonsRoute.GET, compareApi.listComparisons, { query: query(...asked) })),
};

beforeAll(async () => {
  for (const name of NAMES) {
    await ok(projectsRoute.POST, projectsApi.createProject, { body: { name } });
    await ok(runsRoute.POST, runsApi.createRun, { body: { project: "lr_0.5 100%", name } });
    await ok(schedulesRoute.POST, schedulesApi.saveSchedule, { body: { name, schedule } });
    await ok(comparisonsRoute.POST, compareApi.saveComparison, {
      body: { name, query: { project: "lr_0.5 100%", by: "group", metric: "loss", mode: "min" } },
    });
  }
});

describe.each(Object.entries(LISTS))("q of %s", (_name, find) => {
  test.each([
    ["%", ["lr\\0.5 100%", "lr_0.5 100%"]],
    ["_", ["lr_0.5 100%"]],
    ["\\", ["lr\\0.5 100%"]],
    ["lr_0.5 100%", ["lr_0.5 100%"]],
    ["LR-0.5", ["lr-0.5 100x"]],
    ["ärg", ["ÄRGER"]],
    ["", [...NAMES].reverse()],
    ["%_", []],
  ])("%j is that text, whatever the case", async (q, names) => {
    expect((await find(q)).names).toEqual(names);
  });

  test("goes page by page", async () => {
    const first = await find("0.5", 2);
    expect(first.names).toEqual(["lr\\0.5 100%", "lr-0.5 100x"]);
    expect(await find("0.5", 2, first.next ?? "")).toEqual({ names: ["lr_0.5 100%"], next: null });
  });
});

test("a saved schedule is found by a tag or its family, and not by how tags are stored", async () => {
  const body = { name: "tagged", schedule, tags: ["a_b", "c"] };
  await ok(schedulesRoute.POST, schedulesApi.saveSchedule, { body });
  const find = LISTS["saved schedules"]!;
  expect((await find("a_b")).names).toEqual(["tagged"]);
  expect((await find('","')).names).toEqual([]);
  expect((await find("constan")).names).toHaveLength(NAMES.length + 1);
});
