import { expect, test } from "vitest";
import * as channelsRoute from "@/app/api/v1/notifications/channels/route";
import * as deliveriesRoute from "@/app/api/v1/notifications/deliveries/route";
import * as projectRoute from "@/app/api/v1/projects/[project_id]/route";
import * as runRoute from "@/app/api/v1/runs/[run_id]/route";
import * as runsRoute from "@/app/api/v1/runs/route";
import * as tableRoute from "@/app/api/v1/runs/table/route";
import * as notificationsApi from "@/lib/contracts/endpoints/notifications";
import * as projectsApi from "@/lib/contracts/endpoints/projects";
import * as runsApi from "@/lib/contracts/endpoints/runs";
import { rowsOfTable } from "@/lib/contracts/run-rows";
import { database } from "@/lib/server/db/database";
import { keepVerdicts } from "@/lib/server/verdicts/keep-verdicts";
import { freshDatabase, ok } from "../support/api";
import { createRun, finish, getRun, log, mint, setPlateau } from "../support/seed";

freshDatabase();

const SCHEDULE = { kind: "cosine", peak: 0.1, floor: 0, steps: 200 } as const;
const cosine = (step: number) => 0.05 * (1 + Math.cos((Math.PI * Math.min(step, 200)) / 200));

const points = (from: number, to: number, lr: (step: number) => number) => ({
  points: Array.from({ length: to - from }, (_, i) => ({
    step: from + i,
    time: 1e9 + from + i,
    metrics: { lr: lr(from + i), "train/loss": 2.3 * Math.exp(-(from + i) / 60) },
  })),
});

const SECOND = 1000;
const later = (seconds: number) => new Date(Date.now() + seconds * SECOND);

/** A run of each kind in one project: as declared, twice too fast, begun again, and one that declares nothing. */
async function mixed() {
  const project = mint("project");
  const rates: Record<string, (step: number) => number> = {
    good: cosine,
    fast: (step) => cosine(2 * step),
    again: (step) => cosine(step < 60 ? step : step - 60),
  };
  const ids: Record<string, string> = {};
  for (const [name, lr] of Object.entries(rates)) {
    const { id } = await createRun({ project, name, schedule: SCHEDULE, total_steps: 200 });
    await log(id, points(0, 120, lr));
    await finish(id);
    ids[name] = id;
  }
  const free = await createRun({ project, name: "free" });
  await log(free.id, points(0, 120, cosine));
  ids.free = free.id;
  await keepVerdicts(new Date());
  return { project, ids };
}

const listed = async (project: string, filter: string, sort = "name") =>
  (await ok(runsRoute.GET, runsApi.listRuns, { query: { project, filter, sort } })).items.map(
    ({ name }) => name,
  );

test("a run is listed, filtered, counted and sorted by what its audit comes to", async () => {
  const { project, ids } = await mixed();
  expect((await getRun(ids.fast ?? "")).verdict).toEqual({
    audit: "time_scale",
    figure: 2,
    health: "good",
    plateau: null,
  });
  expect((await getRun(ids.again ?? "")).verdict).toMatchObject({ audit: "restarted", figure: 60 });
  expect((await getRun(ids.good ?? "")).verdict).toMatchObject({ audit: "match", figure: null });
  expect((await getRun(ids.free ?? "")).verdict).toMatchObject({ audit: null, health: "good" });
  expect(await listed(project, "audit:drift")).toEqual(["again", "fast"]);
  expect(await listed(project, "audit!=drift")).toEqual(["free", "good"]);
  expect(await listed(project, "audit:restarted or audit:match")).toEqual(["again", "good"]);
  expect(await listed(project, "health:good -audit:*")).toEqual(["free"]);
  expect(await listed(project, "", "-audit,name")).toEqual(["fast", "again", "good", "free"]);
  const counted = await ok(projectRoute.GET, projectsApi.getProject, { params: { project_id: project } });
  expect(counted).toMatchObject({ runs: 4, drift: 2 });
  const table = await ok(tableRoute.GET, runsApi.runTable, { query: { project, filter: "audit:drift" } });
  expect(rowsOfTable(table).map(({ audit, figure }) => [audit, figure])).toEqual([
    ["restarted", 60],
    ["time_scale", 2],
  ]);
});

const seqOf = async (id: string) =>
  (await database()).reader.prisma.run.findUniqueOrThrow({
    where: { id },
    select: { seq: true, judgedSeq: true },
  });

test("is announced when the verdict changes, and judged no second time until the run changes", async () => {
  const { id } = await createRun({ schedule: SCHEDULE, total_steps: 200 });
  await log(id, points(0, 60, cosine));
  const { seq } = await seqOf(id);
  await keepVerdicts(new Date());
  const judged = await seqOf(id);
  expect(judged.seq).toBeGreaterThan(seq);
  expect(judged.judgedSeq).toBe(judged.seq);
  await log(id, points(60, 80, cosine));
  const grown = await seqOf(id);
  await keepVerdicts(later(14));
  expect(await seqOf(id)).toEqual(grown);
  await keepVerdicts(later(16));
  expect(await seqOf(id)).toEqual({ seq: grown.seq, judgedSeq: grown.seq });
});

test("what is declared anew, and a run's end, are judged at once", async () => {
  const { id } = await createRun({ schedule: SCHEDULE, total_steps: 200 });
  await log(id, points(0, 100, cosine));
  await keepVerdicts(new Date());
  const body = { schedule: { ...SCHEDULE, peak: 0.2 } };
  await ok(runRoute.PATCH, runsApi.updateRun, { params: { run_id: id }, body });
  await keepVerdicts(new Date());
  expect((await getRun(id)).verdict).toMatchObject({ audit: "scaled", figure: 0.5 });
  await log(id, points(100, 120, cosine));
  await finish(id);
  await keepVerdicts(new Date());
  expect((await seqOf(id)).judgedSeq).toBe((await seqOf(id)).seq);
});

test("a loss that no longer improves under a policy is flat", async () => {
  const { id } = await createRun();
  await setPlateau(id, [{ metric: "loss", detector: "torch", patience: 2, factor: 0.5 }]);
  const flat = Array.from({ length: 8 }, (_, step) => ({ step, time: 1e9 + step, metrics: { loss: 1 } }));
  await log(id, { points: flat });
  await keepVerdicts(new Date());
  expect((await getRun(id)).verdict.plateau).toBe("flat");
  await log(id, { points: [{ step: 8, time: 1e9 + 8, metrics: { loss: 0.1 } }] });
  await finish(id);
  await keepVerdicts(new Date());
  expect((await getRun(id)).verdict.plateau).toBe("moving");
});

test("drift is told once a run and code: while it runs when it was seen twice, after its end at once", async () => {
  const project = mint("project");
  const live = await createRun({ project, schedule: SCHEDULE, total_steps: 200 });
  const target = { kind: "webhook", url: "https://example.com/hook" };
  const body = { name: "team", target, events: ["drifted"], project };
  const channel = await ok(channelsRoute.POST, notificationsApi.createChannel, { body });
  const told = async () =>
    (
      await ok(deliveriesRoute.GET, notificationsApi.listDeliveries, { query: { channel: channel.id } })
    ).items.map(({ event, title }) => [event, title]);
  const fast = (step: number) => cosine(2 * step);
  await log(live.id, points(0, 80, fast));
  await keepVerdicts(new Date());
  expect(await told()).toEqual([]);
  await log(live.id, points(80, 90, fast));
  await keepVerdicts(later(16));
  await log(live.id, points(90, 100, fast));
  await keepVerdicts(later(32));
  const news = ["drifted", `${live.name}: the LR drifts from its schedule`];
  expect(await told()).toEqual([news]);
  const end = async (name: string) => {
    const { id } = await createRun({ project, name, schedule: SCHEDULE, total_steps: 200 });
    await log(id, points(0, 80, fast));
    await finish(id);
  };
  await end("ended");
  await keepVerdicts(later(9 * 60));
  const both = [["drifted", "ended: the LR drifts from its schedule"], news];
  expect(await told()).toEqual(both);
  await end("old");
  await keepVerdicts(later(11 * 60));
  expect(await told()).toEqual(both);
});

test("what cannot be told holds up no other run, and is tried again after ten minutes", async () => {
  const { id } = await createRun({ schedule: SCHEDULE, total_steps: 200 });
  await setPlateau(id, [{ metric: "loss", detector: "torch", patience: 2, factor: 0.5 }]);
  await log(id, points(0, 60, cosine));
  const other = await createRun({ schedule: SCHEDULE, total_steps: 200 });
  await log(other.id, points(0, 60, cosine));
  const { prisma } = (await database()).writer;
  await prisma.plateauPolicy.updateMany({ where: { runId: id }, data: { fired: "broken" } });
  await keepVerdicts(new Date());
  expect((await getRun(id)).verdict).toMatchObject({ audit: "match", plateau: null });
  expect((await getRun(other.id)).verdict).toMatchObject({ audit: "match" });
  await prisma.plateauPolicy.updateMany({ where: { runId: id }, data: { fired: "[]" } });
  await prisma.run.update({ where: { id }, data: { judgedSeq: null } });
  await keepVerdicts(later(590));
  expect((await getRun(id)).verdict.plateau).toBeNull();
  await keepVerdicts(later(610));
  expect((await getRun(id)).verdict.plateau).toBe("moving");
});

test("a sweep judges ten runs, those that nobody has judged before those that only grew", async () => {
  const old = await createRun({ schedule: SCHEDULE, total_steps: 200 });
  await log(old.id, points(0, 60, cosine));
  await keepVerdicts(new Date());
  const runs = await Promise.all(Array.from({ length: 10 }, () => createRun()));
  for (const { id } of runs) await log(id, points(0, 2, cosine));
  await log(old.id, points(60, 70, cosine));
  await keepVerdicts(later(60));
  const judged = await Promise.all(runs.map(async ({ id }) => (await seqOf(id)).judgedSeq !== null));
  expect(judged).toEqual(runs.map(() => true));
  expect((await seqOf(old.id)).judgedSeq).not.toBe((await seqOf(old.id)).seq);
});
