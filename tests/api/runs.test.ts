import { describe, expect, test } from "vitest";
import * as finishRoute from "@/app/api/v1/runs/[run_id]/finish/route";
import * as restoreRoute from "@/app/api/v1/runs/[run_id]/restore/route";
import * as runRoute from "@/app/api/v1/runs/[run_id]/route";
import * as runsRoute from "@/app/api/v1/runs/route";
import * as api from "@/lib/contracts/endpoints/runs";
import { call, ok, freshDatabase } from "@/tests/support/api";
import { dump } from "@/tests/support/dump";
import { refusedFields } from "@/tests/support/problem";
import {
  controlOf,
  createRun,
  finish,
  getRun,
  log,
  logValues,
  mint,
  overlayOf,
  requestControl,
} from "@/tests/support/seed";

freshDatabase();

const create = (body: object) =>
  call(runsRoute.POST, api.createRun, { body: { project: "default", ...body } });
const patch = (run_id: string, body: object) =>
  call(runRoute.PATCH, api.updateRun, { params: { run_id }, body });
const end = (run_id: string, body: object) =>
  call(finishRoute.POST, api.finishRun, { params: { run_id }, body });
const remove = (run_id: string) => call(runRoute.DELETE, api.deleteRun, { params: { run_id } });
const restore = (run_id: string) => call(restoreRoute.POST, api.restoreRun, { params: { run_id } });

const SCHEDULE = { kind: "cosine", peak: 0.1, floor: 0, steps: 100 } as const;
const BY_EPOCH = {
  library: "torch",
  constructor: "torch.optim.lr_scheduler.StepLR",
  kwargs: { step_size: 2, gamma: 0.5 },
  base_lrs: [0.1],
  stepping: { unit: "epoch" },
} as const;
const EVERYTHING = {
  name: "first try",
  group: "cosine",
  seed: 7,
  tags: ["b", "a", "b"],
  config: { lr: 0.1, deep: { list: [1, null, "x", true], nul: "\u0000" }, ünï: {} },
  notes: "two\nlines",
  schedule: SCHEDULE,
  lr_metric: "train/lr",
  total_steps: 100,
  steps_per_epoch: 12.5,
};

describe("create", () => {
  test("keeps every field, and reads the same later", async () => {
    const id = mint("run");
    const made = await create({ ...EVERYTHING, id, project: mint("p") });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...EVERYTHING,
      id,
      tags: ["a", "b"],
      status: "running",
      schedule_source: "declared",
      schedule_family: "cosine",
      ended_at: null,
      last_step: null,
      summary: {},
    });
    expect(await getRun(id)).toEqual(made.body);
  });

  test("names runs that have none, and gives ids that sort by time", async () => {
    const project = mint("p");
    const [one, two] = [await createRun({ project }), await createRun({ project })];
    expect([one.name, two.name]).toEqual(["run-1", "run-2"]);
    expect(one.id).toMatch(/^[0-9a-f]{32}$/);
    expect(one.project).toEqual(two.project);
    expect((await createRun({ project: one.project.id })).project).toEqual(one.project);
  });

  test("the same request again finds the run that the first one made", async () => {
    const body = { ...EVERYTHING, id: mint("again"), project: mint("p") };
    const first = await create(body);
    const before = await dump();
    const second = await create(body);
    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(await dump()).toBe(before);
  });

  test("another request with that id is a conflict and changes nothing", async () => {
    const body = { id: mint("mine"), project: mint("p"), name: "one" };
    await create(body);
    const before = await dump();
    expect(await create({ ...body, name: "two" })).toMatchProblem(409, "conflict");
    expect(await create({ ...body, tags: ["x"] })).toMatchProblem(409, "conflict");
    for (const resume of ["never", "allow", "must"]) {
      expect(await create({ ...body, project: mint("elsewhere"), resume })).toMatchProblem(409, "conflict");
    }
    expect(await dump()).toBe(before);
  });

  test.each(["allow", "must"] as const)(
    "resume %s goes on with a run that ended, with what is declared now",
    async (resume) => {
      const body = { id: mint("resumed"), project: mint("p"), name: "one", tags: ["old"], notes: "kept" };
      await create(body);
      await finish(body.id);
      const again = await create({
        id: body.id,
        project: body.project,
        resume,
        name: "two",
        tags: ["new"],
        total_steps: 9,
      });
      expect(again.status).toBe(200);
      expect(again.body).toMatchObject({
        status: "running",
        ended_at: null,
        name: "two",
        tags: ["new"],
        notes: "kept",
        total_steps: 9,
      });
      expect((await log(body.id, { points: [{ step: 0, metrics: { x: 1 } }] })).warnings).toEqual([]);
    },
  );

  test("resume allow makes a run that is not there, resume must does not", async () => {
    expect((await create({ id: mint("new"), resume: "allow" })).status).toBe(201);
    const before = await dump();
    expect(await create({ id: mint("new"), resume: "must" })).toMatchProblem(404, "not_found");
    expect(await dump()).toBe(before);
  });

  test("a deleted run is not resumed behind its back", async () => {
    const body = { id: mint("gone"), project: mint("p") };
    await create(body);
    await remove(body.id);
    expect(await create({ ...body, resume: "allow" })).toMatchProblem(409, "conflict");
  });

  test.each<[object, string[]]>([
    [{ project: undefined }, ["project"]],
    [{ id: "a/b" }, ["id"]],
    [{ id: ".hidden" }, ["id"]],
    [{ id: "x".repeat(65) }, ["id"]],
    [{ resume: "yes" }, ["resume"]],
    [{ seed: 1.5 }, ["seed"]],
    [{ tags: ["ok", ""] }, ["tags[1]"]],
    [{ tags: ["nul\u0000"] }, ["tags[0]"]],
    [{ notes: "\u0000" }, ["notes"]],
    [{ config: [] }, ["config"]],
    [{ total_steps: 0 }, ["total_steps"]],
    [{ steps_per_epoch: 0 }, ["steps_per_epoch"]],
    [{ lr_metric: " lr" }, ["lr_metric"]],
    [{ schedule: "cosine" }, ["schedule"]],
    [{ schedule: {} }, ["schedule"]],
    [{ schedule: { ...SCHEDULE, kind: "sine" } }, ["schedule.kind"]],
    [{ schedule: { ...SCHEDULE, peak: "high" } }, ["schedule.peak"]],
    [{ schedule: { ...SCHEDULE, warm: 1 } }, ["schedule.warm"]],
    [{ schedule: { ...BY_EPOCH, kwargs: { step_size: 2, gama: 1 } } }, ["schedule.kwargs.gama"]],
    [{ schedule: { ...BY_EPOCH, constructor: "torch.optim.lr_scheduler.Nope" } }, ["schedule.constructor"]],
    [{ schedule: BY_EPOCH }, ["steps_per_epoch"]],
    [{ plateau: [{ metric: "x", detector: "nope" }] }, ["plateau[0].detector"]],
    [{ plateau: [{ metric: "x", detector: "torch", patience: "ten" }] }, ["plateau[0].patience"]],
    [{ plateau: [{ detector: "torch" }] }, ["plateau[0].metric"]],
    [{ unknown: 1 }, ["unknown"]],
  ])("%j is refused by name", async (body, fields) => {
    const before = await dump();
    const answer = await create(body);
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)).toEqual(fields);
    expect(await dump()).toBe(before);
  });
});

describe("change", () => {
  test("what is said changes, what is not stays, null clears", async () => {
    const run = await createRun(EVERYTHING);
    expect((await patch(run.id, { notes: "new", tags: ["z"] })).body).toEqual({
      ...run,
      notes: "new",
      tags: ["z"],
    });
    const cleared = await patch(run.id, {
      schedule: null,
      group: null,
      seed: null,
      lr_metric: null,
      total_steps: null,
    });
    expect(cleared.body).toMatchObject({
      schedule: null,
      schedule_source: null,
      schedule_family: null,
      group: null,
      seed: null,
      name: run.name,
    });
    expect(await getRun(run.id)).toEqual(cleared.body);
  });

  test("a schedule is checked with the lengths that the run will have", async () => {
    const run = await createRun({ schedule: BY_EPOCH, steps_per_epoch: 10 });
    for (const body of [{ steps_per_epoch: null }, { schedule: BY_EPOCH, steps_per_epoch: null }]) {
      const answer = await patch(run.id, body);
      expect(answer).toMatchProblem(422, "invalid_parameters");
      expect(refusedFields(answer)).toEqual(["steps_per_epoch"]);
    }
    expect((await patch(run.id, { schedule: null, steps_per_epoch: null })).status).toBe(200);
    expect((await patch(run.id, { steps_per_epoch: 5, schedule: BY_EPOCH })).status).toBe(200);
    expect((await overlayOf(run.id, { to: 30 })).lr.declared?.lrs[0]?.at(-1)).toBe(0.0125);
  });

  test("refusals leave no trace", async () => {
    const run = await createRun();
    const before = await dump();
    expect(await patch(run.id, { id: "other" })).toMatchProblem(422, "invalid_parameters");
    expect(await patch(run.id, { status: "finished" })).toMatchProblem(422, "invalid_parameters");
    expect(await patch("nobody", { name: "x" })).toMatchProblem(404, "not_found");
    expect(await dump()).toBe(before);
  });
});

describe("the end", () => {
  test("finished at the given time, once; another end is a conflict", async () => {
    const run = await createRun();
    const first = await finish(run.id, { status: "failed", time: 1_800_000_000.25 });
    expect(first).toMatchObject({ status: "failed", ended_at: "2027-01-15T08:00:00.250Z" });
    expect(await finish(run.id, { status: "failed", time: 1_900_000_000 })).toEqual(first);
    const before = await dump();
    expect(await end(run.id, { status: "finished" })).toMatchProblem(409, "conflict");
    expect(await end(run.id, { status: "running" })).toMatchProblem(422, "invalid_parameters");
    expect(await end("nobody", {})).toMatchProblem(404, "not_found");
    expect(await dump()).toBe(before);
  });

  test("without a body it is finished now", async () => {
    const run = await createRun();
    const ended = await finish(run.id);
    expect(ended.status).toBe("finished");
    expect(Date.parse(ended.ended_at ?? "")).toBeGreaterThanOrEqual(Date.parse(run.created_at));
  });

  test("what waits for the job expires: nobody will carry it out", async () => {
    const run = await createRun();
    await requestControl(run.id, { kind: "stop" });
    await finish(run.id);
    expect((await controlOf(run.id)).map(({ status }) => status)).toEqual(["expired"]);
    await finish(run.id);
    expect((await controlOf(run.id))[0]?.history).toHaveLength(2);
  });
});

describe("delete and restore", () => {
  test("a deleted run answers nowhere until it is restored, as it was", async () => {
    const run = await createRun({ ...EVERYTHING });
    await logValues(run.id, "loss", [3, 2, 1]);
    const whole = await getRun(run.id);
    expect((await remove(run.id)).status).toBe(204);
    expect(await call(runRoute.GET, api.getRun, { params: { run_id: run.id } })).toMatchProblem(
      404,
      "not_found",
    );
    expect(await patch(run.id, { name: "x" })).toMatchProblem(404, "not_found");
    expect(await end(run.id, {})).toMatchProblem(404, "not_found");
    expect(await remove(run.id)).toMatchProblem(404, "not_found");
    expect((await ok(runsRoute.GET, api.listRuns, { query: { q: run.id } })).items).toEqual([]);
    expect((await restore(run.id)).body).toEqual(whole);
    expect(await getRun(run.id)).toEqual(whole);
    expect(await restore("nobody")).toMatchProblem(404, "not_found");
  });
});
