import { describe, expect, test } from "vitest";
import * as projectRoute from "@/app/api/v1/projects/[project_id]/route";
import * as projectsRoute from "@/app/api/v1/projects/route";
import * as runsRoute from "@/app/api/v1/runs/route";
import * as api from "@/lib/contracts/endpoints/projects";
import { listRuns } from "@/lib/contracts/endpoints/runs";
import { call, type Input, ok, freshDatabase } from "@/tests/support/api";
import { dump } from "@/tests/support/dump";
import { refusedFields } from "@/tests/support/problem";
import { createRun, finish, logValues, mint } from "@/tests/support/seed";

freshDatabase();

const create = (body: object) => call(projectsRoute.POST, api.createProject, { body });
const get = (project_id: string) => call(projectRoute.GET, api.getProject, { params: { project_id } });
const patch = (project_id: string, body: object) =>
  call(projectRoute.PATCH, api.updateProject, { params: { project_id }, body });
const remove = (project_id: string) =>
  call(projectRoute.DELETE, api.deleteProject, { params: { project_id } });
const list = (query: Input["query"]) => ok(projectsRoute.GET, api.listProjects, { query });

test("a project is found by its id and by its name, whatever the name holds", async () => {
  for (const name of [mint("plain"), `${mint("a/b")} ?#%20 ü`, "a b", "50%_off"]) {
    const made = await create({ name, description: "why", primary_metric: { key: "val/loss", mode: "min" } });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      name,
      description: "why",
      runs: 0,
      running: 0,
      last_activity_at: null,
    });
    expect((await get(made.body.id)).body).toEqual(made.body);
    expect((await get(name)).body).toEqual(made.body);
  }
});

test("its figures count runs, those that run, and the last activity", async () => {
  const project = mint("figures");
  const [one, two] = [await createRun({ project }), await createRun({ project })];
  await logValues(one.id, "loss", [1, 2]);
  await finish(two.id);
  const { body } = await get(project);
  expect(body).toMatchObject({ runs: 2, running: 1 });
  expect(body.last_activity_at).not.toBeNull();
});

test("a name is taken once", async () => {
  const name = mint("taken");
  await create({ name });
  const before = await dump();
  expect(await create({ name })).toMatchProblem(409, "conflict");
  const other = await create({ name: mint("other") });
  expect(await patch(other.body.id, { name })).toMatchProblem(409, "conflict");
  expect((await dump()).length).toBeGreaterThan(before.length);
});

test("renaming keeps the id; what is not said stays; null takes the primary metric away", async () => {
  const { body } = await create({
    name: mint("before"),
    description: "text",
    primary_metric: { key: "acc", mode: "max" },
  });
  const name = mint("after");
  expect((await patch(body.id, { name })).body).toEqual({ ...body, name });
  expect((await patch(name, { primary_metric: null })).body).toEqual({ ...body, name, primary_metric: null });
  expect(await get(body.name)).toMatchProblem(404, "not_found");
});

test("panels are kept in their order, and stay when nothing is said of them", async () => {
  const { body } = await create({ name: mint("pins") });
  expect(body.panels).toEqual({ pinned: [], sections: [] });
  const panels = { pinned: ["val/loss", "a b"], sections: [{ title: "Mine", keys: ["b", "a"] }] };
  expect((await patch(body.id, { panels })).body).toEqual({ ...body, panels });
  expect((await patch(body.id, { description: "x" })).body.panels).toEqual(panels);
  expect((await get(body.id)).body.panels).toEqual(panels);
  const refused = await patch(body.id, { panels: { pinned: [""] } });
  expect(refused).toMatchProblem(422, "invalid_parameters");
  expect(refusedFields(refused)).toEqual(["panels.pinned[0]"]);
});

test("a deleted project is gone from everywhere, and logging to its name brings it back with its runs", async () => {
  const project = mint("phoenix");
  const run = await createRun({ project });
  const { id } = (await get(project)).body;
  expect((await remove(project)).status).toBe(204);
  expect(await get(project)).toMatchProblem(404, "not_found");
  expect(await get(id)).toMatchProblem(404, "not_found");
  expect(await remove(id)).toMatchProblem(404, "not_found");
  expect((await ok(runsRoute.GET, listRuns, { query: { project } })).items).toEqual([]);
  expect((await list({ q: project })).items).toEqual([]);
  await createRun({ project });
  expect((await get(project)).body).toMatchObject({ id, runs: 2 });
  expect(
    (await ok(runsRoute.GET, listRuns, { query: { project: id } })).items.map((item) => item.id),
  ).toContain(run.id);
});

test("making a deleted one again starts from what is said now", async () => {
  const name = mint("again");
  const first = await create({ name, description: "old", primary_metric: { key: "a", mode: "min" } });
  await remove(name);
  const again = await create({ name });
  expect(again.status).toBe(201);
  expect(again.body).toMatchObject({ id: first.body.id, description: "", primary_metric: null });
});

describe("refusals name the field and leave no trace", () => {
  test.each([
    [{}, ["name"]],
    [{ name: "" }, ["name"]],
    [{ name: "   " }, ["name"]],
    [{ name: "x".repeat(251) }, ["name"]],
    [{ name: "nul\u0000" }, ["name"]],
    [{ name: 7 }, ["name"]],
    [{ name: "x", description: "nul \u0000" }, ["description"]],
    [{ name: "x", primary_metric: { key: "a" } }, ["primary_metric.mode"]],
    [{ name: "x", primary_metric: { key: "a", mode: "best" } }, ["primary_metric.mode"]],
    [{ name: "x", color: "red" }, ["color"]],
  ])("%j", async (body, fields) => {
    const before = await dump();
    const answer = await create(body);
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)).toEqual(fields);
    expect(await dump()).toBe(before);
  });

  test("unknown ones are 404", async () => {
    const before = await dump();
    expect(await get("nobody")).toMatchProblem(404, "not_found");
    expect(await patch("nobody", { description: "x" })).toMatchProblem(404, "not_found");
    expect(await get("nul\u0000")).toMatchProblem(422, "invalid_parameters");
    expect(await dump()).toBe(before);
  });
});

describe("the list", () => {
  test("each project once, newest first, also while others come and go", async () => {
    const tag = mint("paged");
    const made: string[] = [];
    for (let i = 0; i < 7; i += 1) made.push((await create({ name: `${tag}-${i}` })).body.id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({
        q: tag,
        limit: 2,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.items.map(({ id }) => id));
      await create({ name: `${tag}-late-${seen.length}` });
      if (seen.length === 2) await remove(made[0]!);
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(made.slice(1).reverse());
  });

  test.each([
    [{ limit: 0 }, "limit"],
    [{ limit: 201 }, "limit"],
    [{ limit: "many" }, "limit"],
    [{ cursor: "!" }, "cursor"],
    [{ cursor: Buffer.from('["0000-01-01T00:00:00Z","x"]').toString("base64url") }, "cursor"],
    [{ cursor: Buffer.from('["2026-01-01T00:00:00Z","\\u0000"]').toString("base64url") }, "cursor"],
    [{ q: "\u0000" }, "q"],
    [{ page: 2 }, "page"],
  ])("%j is refused", async (query, field) => {
    const answer = await call(projectsRoute.GET, api.listProjects, { query });
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)).toEqual([field]);
  });
});
