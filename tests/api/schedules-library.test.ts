import { describe, expect, test } from "vitest";
import * as presetsRoute from "@/app/api/v1/schedules/presets/route";
import * as savedRoute from "@/app/api/v1/schedules/[schedule_id]/route";
import * as libraryRoute from "@/app/api/v1/schedules/route";
import * as projectRoute from "@/app/api/v1/projects/[project_id]/route";
import * as projectsRoute from "@/app/api/v1/projects/route";
import * as projectsApi from "@/lib/contracts/endpoints/projects";
import * as api from "@/lib/contracts/endpoints/schedules";
import { call, type Input, ok, freshDatabase } from "@/tests/support/api";
import { mint } from "@/tests/support/seed";

freshDatabase();

const COSINE = { kind: "cosine", peak: 0.1, floor: 0, steps: 100 } as const;
const STEP_LR = {
  library: "torch",
  constructor: "StepLR",
  kwargs: { step_size: 30 },
  base_lrs: [0.1],
  stepping: { unit: "epoch" },
} as const;

const save = (body: object = {}) =>
  ok(libraryRoute.POST, api.saveSchedule, { body: { name: mint("schedule"), schedule: COSINE, ...body } });
const tryToSave = (body: unknown) => call(libraryRoute.POST, api.saveSchedule, { body });
const list = (query: Input["query"] = {}) => ok(libraryRoute.GET, api.listSaved, { query });
const get = (schedule_id: string) => call(savedRoute.GET, api.getSaved, { params: { schedule_id } });
const update = (schedule_id: string, body: object) =>
  call(savedRoute.PATCH, api.updateSaved, { params: { schedule_id }, body });
const remove = (schedule_id: string) => call(savedRoute.DELETE, api.deleteSaved, { params: { schedule_id } });

describe("saving", () => {
  test("keeps name, description, tags and the schedule as declared", async () => {
    const name = mint("schedule");
    const saved = await save({
      name,
      description: "for ResNet",
      tags: ["cnn", "cnn", "sgd"],
      schedule: STEP_LR,
    });
    expect(saved).toMatchObject({
      name,
      description: "for ResNet",
      tags: ["cnn", "sgd"],
      schedule: STEP_LR,
      family: "step",
    });
    expect((await get(saved.id)).body).toEqual(saved);
  });

  test("refuses a name that is taken", async () => {
    const { name } = await save();
    expect(await tryToSave({ name, schedule: COSINE })).toMatchProblem(409, "conflict");
  });

  test.each([
    ["no schedule", { name: "x" }, "schedule"],
    ["a schedule that is none", { name: "x", schedule: { kind: "cosin" } }, "schedule.kind"],
    [
      "a wrong argument",
      { name: "x", schedule: { ...STEP_LR, kwargs: { step_sise: 1 } } },
      "schedule.kwargs.step_sise",
    ],
    ["no name", { name: "  ", schedule: COSINE }, "name"],
    ["an unknown field", { name: "x", schedule: COSINE, owner: "me" }, "owner"],
    ["a tag of nothing", { name: "x", schedule: COSINE, tags: [""] }, "tags[0]"],
  ])("refuses %s", async (_, body, field) => {
    const before = (await list({ limit: 200 })).items.length;
    const answer = await tryToSave(body);
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(answer.problem?.invalid_params?.[0]?.name).toBe(field);
    expect((await list({ limit: 200 })).items).toHaveLength(before);
  });
});

describe("the list", () => {
  test("is newest first, a page at a time, and each once", async () => {
    const tag = mint("page");
    const names = [mint("a"), mint("b"), mint("c")];
    for (const name of names) await save({ name, tags: [tag] });
    const first = await list({ q: tag, limit: 2 });
    expect(first.items.map(({ name }) => name)).toEqual([names[2], names[1]]);
    const second = await list({ q: tag, limit: 2, cursor: first.next_cursor! });
    expect(second.items.map(({ name }) => name)).toEqual([names[0]]);
    expect(second.next_cursor).toBeNull();
  });

  test("finds by part of the name, the family or a tag", async () => {
    const saved = await save({
      schedule: { kind: "inverse_sqrt", peak: 0.001, warmup: 10 },
      tags: [mint("tag")],
    });
    for (const q of [saved.name.slice(3), "inverse", saved.tags[0]!]) {
      expect((await list({ q, limit: 200 })).items.map(({ id }) => id)).toContain(saved.id);
    }
    expect((await list({ q: mint("nothing") })).items).toEqual([]);
  });
});

describe("changing", () => {
  test("what is given changes, the rest stays", async () => {
    const saved = await save({ tags: ["old"] });
    const name = mint("renamed");
    const { body } = await update(saved.id, { name, schedule: { kind: "constant", value: 1 } });
    expect(body).toMatchObject({
      id: saved.id,
      name,
      tags: ["old"],
      family: "constant",
      created_at: saved.created_at,
    });
    expect((await update(saved.id, { tags: [] })).body).toMatchObject({ name, tags: [] });
    expect(Date.parse(body.updated_at)).toBeGreaterThanOrEqual(Date.parse(saved.updated_at));
  });

  test("to its own name is fine, to another's is not", async () => {
    const [mine, theirs] = [await save(), await save()];
    expect((await update(mine.id, { name: mine.name })).status).toBe(200);
    expect(await update(mine.id, { name: theirs.name })).toMatchProblem(409, "conflict");
  });

  test("a bad schedule changes nothing", async () => {
    const saved = await save();
    expect(await update(saved.id, { name: mint("x"), schedule: { kind: "step" } })).toMatchProblem(
      422,
      "invalid_parameters",
    );
    expect((await get(saved.id)).body).toEqual(saved);
  });
});

describe("attaching to a project", () => {
  const project = async () => {
    const { body } = await call(projectsRoute.POST, projectsApi.createProject, {
      body: { name: mint("project") },
    });
    return { id: body.id, name: body.name };
  };

  test("by name or id; it is told, listed by, changed and taken back", async () => {
    const [one, other] = [await project(), await project()];
    const saved = await save({ project: one.name });
    expect(saved.project).toEqual(one);
    const free = await save();
    expect(free.project).toBeNull();
    const listed = async (of: string) => (await list({ project: of, limit: 200 })).items.map(({ id }) => id);
    expect(await listed(one.id)).toEqual([saved.id]);
    expect((await update(saved.id, { project: other.id })).body.project).toEqual(other);
    expect((await update(saved.id, { tags: ["kept"] })).body.project).toEqual(other);
    expect(await listed(one.name)).toEqual([]);
    expect((await update(saved.id, { project: null })).body.project).toBeNull();
    expect(await listed(other.id)).toEqual([]);
  });

  test("refuses a project that is not there", async () => {
    const missing = mint("missing");
    expect(await tryToSave({ name: mint("x"), schedule: COSINE, project: missing })).toMatchProblem(
      404,
      "not_found",
    );
    expect(await update((await save()).id, { project: missing })).toMatchProblem(404, "not_found");
    expect(await call(libraryRoute.GET, api.listSaved, { query: { project: missing } })).toMatchProblem(
      404,
      "not_found",
    );
  });

  test("a deleted project is no attachment", async () => {
    const gone = await project();
    const saved = await save({ project: gone.id });
    await call(projectRoute.DELETE, projectsApi.deleteProject, { params: { project_id: gone.id } });
    expect((await get(saved.id)).body.project).toBeNull();
  });
});

test("deleting is for good, and frees the name", async () => {
  const saved = await save();
  expect((await remove(saved.id)).status).toBe(204);
  expect(await get(saved.id)).toMatchProblem(404, "not_found");
  expect(await remove(saved.id)).toMatchProblem(404, "not_found");
  expect(await update(saved.id, { tags: [] })).toMatchProblem(404, "not_found");
  expect(await save({ name: saved.name })).toMatchObject({ name: saved.name });
});

test("presets and families come with their sources, and can be saved as they are", async () => {
  const { presets, families } = await ok(presetsRoute.GET, api.listPresets);
  expect(presets.length).toBeGreaterThanOrEqual(7);
  for (const { title, schedule } of presets) await save({ name: `${title} ${mint("preset")}`, schedule });
  for (const { kind, example } of families)
    await save({ name: `${kind} ${mint("family")}`, schedule: example });
});
