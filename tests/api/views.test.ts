import { describe, expect, test } from "vitest";
import * as viewRoute from "@/app/api/v1/views/[view_id]/route";
import * as viewsRoute from "@/app/api/v1/views/route";
import * as api from "@/lib/contracts/endpoints/views";
import { call, freshDatabase, ok } from "@/tests/support/api";
import { refusedFields } from "@/tests/support/problem";
import { createRun, mint } from "@/tests/support/seed";

freshDatabase();

const save = (body: object) => ok(viewsRoute.POST, api.saveView, { body });
const list = (query = {}) => ok(viewsRoute.GET, api.listViews, { query });

describe("saved views", () => {
  test("belong to a project or to all, oldest first, a page at a time", async () => {
    const { project } = await createRun();
    const over = await save({ name: mint("over"), query: "filter=a" });
    expect(over.project).toBeNull();
    const saved = [];
    for (const name of ["one", "two", "three"])
      saved.push(await save({ name, project: project.name, query: "" }));
    const first = await list({ project: project.id, limit: 2 });
    expect(first.items).toEqual(saved.slice(0, 2));
    const rest = await list({ project: project.id, limit: 2, cursor: first.next_cursor });
    expect([rest.items, rest.next_cursor]).toEqual([saved.slice(2), null]);
    expect((await list()).items).toContainEqual(over);
  });

  test("are renamed, replaced and deleted", async () => {
    const view = await save({ name: mint("v"), query: "sort=name" });
    const params = { view_id: view.id };
    const name = mint("renamed");
    const patched = await ok(viewRoute.PATCH, api.updateView, {
      params,
      body: { name, query: "sort=-name" },
    });
    expect(patched).toMatchObject({ id: view.id, name, query: "sort=-name", created_at: view.created_at });
    expect(await ok(viewRoute.PATCH, api.updateView, { params, body: { name } })).toMatchObject({ name });
    expect((await call(viewRoute.DELETE, api.deleteView, { params })).status).toBe(204);
    expect(await call(viewRoute.DELETE, api.deleteView, { params })).toMatchProblem(404, "not_found");
    expect(await call(viewRoute.PATCH, api.updateView, { params, body: { name } })).toMatchProblem(
      404,
      "not_found",
    );
  });

  test("a name is taken once in a place, not in another", async () => {
    const { project } = await createRun();
    const name = mint("same");
    await save({ name, query: "" });
    const other = await save({ name, project: project.id, query: "" });
    const again = await call(viewsRoute.POST, api.saveView, { body: { name, query: "" } });
    expect(again).toMatchProblem(409, "conflict");
    const second = await save({ name: mint("second"), project: project.id, query: "" });
    const body = { name: other.name };
    expect(
      await call(viewRoute.PATCH, api.updateView, { params: { view_id: second.id }, body }),
    ).toMatchProblem(409, "conflict");
  });

  test("a project that is not there is 404, a body that is none 422", async () => {
    const body = { name: "x", project: "nowhere", query: "" };
    expect(await call(viewsRoute.POST, api.saveView, { body })).toMatchProblem(404, "not_found");
    expect(await call(viewsRoute.GET, api.listViews, { query: { project: "nowhere" } })).toMatchProblem(
      404,
      "not_found",
    );
    const bad = await call(viewsRoute.POST, api.saveView, { body: { name: " ", query: 3 } });
    expect(refusedFields(bad)).toEqual(["name", "query"]);
  });
});
