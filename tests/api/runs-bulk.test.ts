import { describe, expect, test } from "vitest";
import * as bulkRoute from "@/app/api/v1/runs/bulk/route";
import * as runRoute from "@/app/api/v1/runs/[run_id]/route";
import * as runsRoute from "@/app/api/v1/runs/route";
import * as tableRoute from "@/app/api/v1/runs/table/route";
import * as api from "@/lib/contracts/endpoints/runs";
import { call, freshDatabase, ok } from "@/tests/support/api";
import { dump } from "@/tests/support/dump";
import { refusedFields } from "@/tests/support/problem";
import { createRun, getRun, mint } from "@/tests/support/seed";

freshDatabase();

const bulk = (body: object) => ok(bulkRoute.POST, api.bulkRuns, { body });
const made = async (count: number) => {
  const project = mint("many");
  const runs = [];
  for (let i = 0; i < count; i += 1) runs.push((await createRun({ project })).id);
  return { project, runs };
};
const listed = async (project: string, filter?: string) =>
  (await ok(runsRoute.GET, api.listRuns, { query: { project, ...(filter ? { filter } : {}) } })).items.map(
    ({ id }) => id,
  );

describe("several runs at once", () => {
  test("are tagged, and only those that were not are named as changed", async () => {
    const { runs } = await made(3);
    const [first, second, third] = runs;
    await bulk({ action: "tag", runs: [first], tag: "x" });
    const { changed } = await bulk({ action: "tag", runs: [...runs, first], tag: "x" });
    expect(changed.sort()).toEqual([second, third].sort());
    expect((await getRun(first!)).tags).toEqual(["x"]);
    expect(await bulk({ action: "untag", runs: changed, tag: "x" })).toEqual({ changed });
    expect((await getRun(second!)).tags).toEqual([]);
  });

  test("are archived: out of lists unless asked for, and back", async () => {
    const { project, runs } = await made(3);
    const [first, second, third] = runs;
    await bulk({ action: "archive", runs: [first, second] });
    expect(await listed(project)).toEqual([third]);
    expect(await listed(project, "archived:true")).toEqual([second, first]);
    expect(await listed(project, "archived:true or archived:false")).toEqual([third, second, first]);
    const { archived_at } = await getRun(first!);
    expect(archived_at).not.toBeNull();
    expect(await bulk({ action: "archive", runs: [first] })).toEqual({ changed: [] });
    expect((await getRun(first!)).archived_at).toBe(archived_at);
    expect(await bulk({ action: "unarchive", runs })).toEqual({ changed: [first, second] });
    expect(await listed(project)).toEqual([third, second, first]);
  });

  test("deleted or archived, leave the others their places, and have their own again when they are back", async () => {
    const { project, runs } = await made(3);
    const places = async () => {
      const { columns } = await ok(tableRoute.GET, api.runTable, { query: { project } });
      return Object.fromEntries(columns.id.map((id, i) => [id, columns.place[i]]));
    };
    const [first, second, third] = runs;
    await bulk({ action: "delete", runs: [first, third] });
    await bulk({ action: "archive", runs: [second] });
    const { id: later, name } = await createRun({ project });
    expect(name).toBe("run-4");
    expect(await places()).toEqual({ [second!]: 1, [later]: 3 });
    await bulk({ action: "restore", runs: [first] });
    expect(await places()).toEqual({ [first!]: 0, [second!]: 1, [later]: 3 });
  });

  test("are deleted and restored", async () => {
    const { project, runs } = await made(2);
    expect(await bulk({ action: "delete", runs })).toEqual({ changed: runs });
    expect(await listed(project)).toEqual([]);
    expect(await call(bulkRoute.POST, api.bulkRuns, { body: { action: "archive", runs } })).toMatchProblem(
      404,
      "not_found",
    );
    expect(await bulk({ action: "restore", runs })).toEqual({ changed: runs });
    expect(await listed(project)).toHaveLength(2);
  });

  test("all or none: one that is not there leaves the others as they are", async () => {
    const { runs } = await made(2);
    const before = await dump();
    const body = { action: "archive", runs: [...runs, "no-such-run"] };
    const answer = await call(bulkRoute.POST, api.bulkRuns, { body });
    expect(answer).toMatchProblem(404, "not_found");
    expect(answer.problem?.detail).toContain("no-such-run");
    expect(await dump()).toBe(before);
  });

  test.each([
    [{ action: "paint", runs: ["a"] }, ["action"]],
    [{ action: "tag", runs: ["a"] }, ["tag"]],
    [{ action: "archive", runs: ["a"], tag: "x" }, ["tag"]],
    [{ action: "archive", runs: [] }, ["runs"]],
    [{ action: "archive", runs: Array.from({ length: 10_001 }, (_, i) => `r${i}`) }, ["runs"]],
  ])("%j is refused", async (body, fields) => {
    const answer = await call(bulkRoute.POST, api.bulkRuns, { body });
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)).toEqual(fields);
  });
});

test("one run is archived by changing it, and keeps the time", async () => {
  const { id } = await createRun();
  const change = (archived: boolean) =>
    ok(runRoute.PATCH, api.updateRun, { params: { run_id: id }, body: { archived } });
  const { archived_at } = await change(true);
  expect(archived_at).not.toBeNull();
  expect((await change(true)).archived_at).toBe(archived_at);
  expect((await change(false)).archived_at).toBeNull();
});

test.each(["bulk", "table", "fields"])("no run can be called %s: that is a path of the API", async (id) => {
  const answer = await call(runsRoute.POST, api.createRun, { body: { project: mint("p"), id } });
  expect(refusedFields(answer)).toEqual(["id"]);
});
