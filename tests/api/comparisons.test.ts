import { expect, test } from "vitest";
import * as comparisonRoute from "@/app/api/v1/comparisons/[comparison_id]/route";
import * as comparisonsRoute from "@/app/api/v1/comparisons/route";
import * as api from "@/lib/contracts/endpoints/compare";
import { call, freshDatabase, type Input, ok } from "@/tests/support/api";
import { mint } from "@/tests/support/seed";

freshDatabase();

const QUERY = {
  project: "digits",
  by: "schedule",
  metric: "val/loss",
  mode: "min",
  at: "final",
  target: 0.1,
} as const;

const save = (body: object = {}) =>
  ok(comparisonsRoute.POST, api.saveComparison, {
    body: { name: mint("comparison"), query: QUERY, ...body },
  });
const list = (query: Input["query"] = {}) => ok(comparisonsRoute.GET, api.listComparisons, { query });
const get = (comparison_id: string) =>
  call(comparisonRoute.GET, api.getComparison, { params: { comparison_id } });
const update = (comparison_id: string, body: object) =>
  call(comparisonRoute.PATCH, api.updateComparison, { params: { comparison_id }, body });
const remove = (comparison_id: string) =>
  call(comparisonRoute.DELETE, api.deleteComparison, { params: { comparison_id } });

test("a saved comparison is read back as it was asked", async () => {
  const saved = await save({ name: "cosine or step?", notes: "for the paper" });
  expect(saved).toMatchObject({ name: "cosine or step?", notes: "for the paper", query: QUERY });
  expect((await get(saved.id)).body).toEqual(saved);
});

test("what is left out gets its default, so that the question stays the same", async () => {
  const { query, notes } = await save({ query: { runs: ["a", "b"], metric: "loss", mode: "max" } });
  expect(query).toEqual({ runs: ["a", "b"], by: "schedule", metric: "loss", mode: "max", at: "final" });
  expect(notes).toBe("");
});

test("a change leaves the rest as it is", async () => {
  const saved = await save({ notes: "first" });
  const changed = (await update(saved.id, { notes: "second" })).body;
  expect(changed).toMatchObject({ id: saved.id, name: saved.name, notes: "second", query: QUERY });
  expect(changed.updated_at >= saved.updated_at).toBe(true);
  expect((await update(saved.id, { query: { ...QUERY, at: "best" } })).body.query.at).toBe("best");
});

test("a deleted one is gone", async () => {
  const { id } = await save();
  expect((await remove(id)).status).toBe(204);
  for (const answer of [await get(id), await remove(id), await update(id, { name: "x" })])
    expect(answer).toMatchProblem(404, "not_found");
});

test("the list is newest first, a page at a time, and can be searched", async () => {
  const word = mint("paged");
  for (const i of [1, 2, 3]) await save({ name: `${word} ${i}` });
  const first = await list({ q: word, limit: 2 });
  expect(first.items.map(({ name }) => name)).toEqual([`${word} 3`, `${word} 2`]);
  const second = await list({ q: word, limit: 2, cursor: first.next_cursor ?? "" });
  expect(second.items.map(({ name }) => name)).toEqual([`${word} 1`]);
  expect(second.next_cursor).toBeNull();
});

test.each([
  ["no name", { query: QUERY }, "name"],
  ["no query", { name: "x" }, "query"],
  ["a query of nothing", { name: "x", query: { metric: "loss", mode: "min" } }, "query.runs"],
  ["a cursor in the body", { name: "x", query: QUERY, cursor: "y" }, "cursor"],
])("refuses %s", async (_what, body, name) => {
  const answer = await call(comparisonsRoute.POST, api.saveComparison, { body });
  expect(answer).toMatchProblem(422, "invalid_parameters");
  expect(answer.problem?.invalid_params?.map((param) => param.name)).toContain(name);
});

test("refuses a cursor that is none", async () => {
  expect(await call(comparisonsRoute.GET, api.listComparisons, { query: { cursor: "x" } })).toMatchProblem(
    422,
    "invalid_parameters",
  );
});
