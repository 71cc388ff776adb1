import { describe, expect, test } from "vitest";
import * as projectRoute from "@/app/api/v1/projects/[project_id]/route";
import * as projectsRoute from "@/app/api/v1/projects/route";
import * as plateauRoute from "@/app/api/v1/runs/[run_id]/plateau/route";
import * as projectsApi from "@/lib/contracts/endpoints/projects";
import { getPlateau } from "@/lib/contracts/endpoints/control";
import { call, freshDatabase, ok } from "@/tests/support/api";
import { advance } from "@/tests/support/control";
import { refusedFields } from "@/tests/support/problem";
import { controlOf, createRun, logValues, mint, plateauOf, setPlateau } from "@/tests/support/seed";

freshDatabase();

const torch = {
  metric: "loss",
  detector: "torch",
  mode: "min",
  patience: 3,
  factor: 0.5,
  action: "recommend",
} as const;
const keras = { metric: "acc", detector: "keras", mode: "max", patience: 2, action: "recommend" } as const;
const editsOf = async (run_id: string) =>
  (await ok(plateauRoute.GET, getPlateau, { params: { run_id } })).edits;

describe("who changed a policy, when, and how far the run was", () => {
  test("is told of every addition, change and removal, and of nothing else", async () => {
    const run = await createRun({ plateau: [torch] });
    await logValues(run.id, "loss", [3, 2, 1]);
    advance(60);
    await setPlateau(run.id, [{ ...torch, patience: 5, max_cuts: 2 }, keras]);
    await setPlateau(run.id, [keras, { ...torch, patience: 5, max_cuts: 2 }]);
    advance(60);
    await setPlateau(run.id, [keras]);
    const edits = await editsOf(run.id);
    expect(edits).toMatchObject([
      { what: "added", by: "local user", step: null, message: expect.stringContaining("3 checks") },
      { what: "changed", by: "local user", step: 2, message: "loss: patience 3 → 5, max_cuts none → 2" },
      { what: "added", step: 2, metric: "acc" },
      { what: "removed", step: 2, metric: "loss" },
    ]);
    expect(Date.parse(edits[1]!.at) - Date.parse(edits[0]!.at)).toBeGreaterThan(59_000);
    expect((await plateauOf(run.id)).map(({ metric }) => metric)).toEqual(["acc"]);
  });

  test("a changed policy goes on with its requests, from where its new rule stands", async () => {
    const run = await createRun({ plateau: [torch] });
    await logValues(run.id, "loss", [1, 1, 1, 1, 1]);
    const [before] = await plateauOf(run.id);
    const [after] = await setPlateau(run.id, [{ ...torch, factor: 0.1 }]);
    expect(after?.id).toBe(before?.id);
    expect(after?.fired).toMatchObject([{ step: 4, control_id: (await controlOf(run.id))[0]!.id }]);
    const [slower] = await setPlateau(run.id, [{ ...torch, patience: 9 }]);
    expect(slower).toMatchObject({ id: before?.id, fired: [], checks_since_best: 4 });
    await logValues(run.id, "loss", [1, 1, 1, 1, 1, 1], 5);
    // The plateau is still the same one, and so is its request.
    expect(await controlOf(run.id)).toMatchObject([{ fired_step: 4, evidence: { step: 10, patience: 9 } }]);
  });

  test("a removed one watches no longer; put back it goes on as if it had watched all the time", async () => {
    const run = await createRun({ plateau: [torch] });
    const [{ id } = { id: "" }] = await plateauOf(run.id);
    await setPlateau(run.id, []);
    await logValues(run.id, "loss", [1, 1, 1, 1, 1]);
    expect(await controlOf(run.id)).toEqual([]);
    const [back] = await setPlateau(run.id, [torch]);
    expect(back).toMatchObject({ id, last_step: 4, fired: [{ step: 4, control_id: null }] });
    expect((await editsOf(run.id)).map(({ what }) => what)).toEqual(["added", "removed", "added"]);
  });
});

describe("a project's policies", () => {
  const make = (body: object) => call(projectsRoute.POST, projectsApi.createProject, { body });
  const patch = (project_id: string, body: object) =>
    call(projectRoute.PATCH, projectsApi.updateProject, { params: { project_id }, body });

  test("are those of a run that names none; a run's own come instead of them", async () => {
    const name = mint("defaults");
    const { body: project } = await make({ name, plateau: [torch] });
    expect(project.plateau).toEqual([torch]);
    const [plain, own, none] = [
      await createRun({ project: name }),
      await createRun({ project: name, plateau: [keras] }),
      await createRun({ project: name, plateau: [] }),
    ];
    const metrics = async (id: string) => (await plateauOf(id)).map(({ metric }) => metric);
    expect(await Promise.all([plain, own, none].map(({ id }) => metrics(id)))).toEqual([
      ["loss"],
      ["acc"],
      [],
    ]);
    expect(await editsOf(plain.id)).toMatchObject([{ what: "added", by: `the default of ${name}` }]);
    await logValues(plain.id, "loss", [1, 1, 1, 1, 1]);
    expect(await controlOf(plain.id)).toMatchObject([{ status: "recommended", fired_step: 4 }]);
  });

  test("a change is for runs to come", async () => {
    const name = mint("defaults");
    await make({ name, plateau: [torch] });
    const before = await createRun({ project: name });
    expect((await patch(name, { plateau: [keras] })).body.plateau).toEqual([keras]);
    expect((await patch(name, { description: "x" })).body.plateau).toEqual([keras]);
    expect((await plateauOf(before.id)).map(({ metric }) => metric)).toEqual(["loss"]);
    expect((await plateauOf((await createRun({ project: name })).id)).map(({ metric }) => metric)).toEqual([
      "acc",
    ]);
    expect((await patch(name, { plateau: [] })).body.plateau).toEqual([]);
  });

  test("are checked like a run's", async () => {
    const wrong = [torch, { ...keras, patience: -1 }];
    expect(refusedFields(await make({ name: mint("wrong"), plateau: wrong }))).toEqual([
      "plateau[1].patience",
    ]);
    const { body } = await make({ name: mint("right") });
    expect(refusedFields(await patch(body.id, { plateau: wrong }))).toEqual(["plateau[1].patience"]);
  });
});
