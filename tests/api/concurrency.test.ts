import { describe, expect, test } from "vitest";
import * as metricsRoute from "@/app/api/v1/runs/[run_id]/metrics/route";
import * as projectsRoute from "@/app/api/v1/projects/route";
import * as runsRoute from "@/app/api/v1/runs/route";
import { logMetrics } from "@/lib/contracts/endpoints/metrics";
import { createProject } from "@/lib/contracts/endpoints/projects";
import { createRun as createRunApi } from "@/lib/contracts/endpoints/runs";
import { call, ok, freshDatabase } from "@/tests/support/api";
import {
  controlOf,
  createRun,
  finish,
  getRun,
  type LogBody,
  log,
  metricsOf,
  mint,
  readRaw,
  readSeries,
} from "@/tests/support/seed";

freshDatabase();

const CALLERS = 50;
const callers = Array.from({ length: CALLERS }, (_, i) => i);
const tenPoints = (from: number): LogBody["points"] =>
  Array.from({ length: 10 }, (_, i) => ({
    step: from + i,
    time: 1000 + from + i,
    metrics: { x: from + i, lr: 0.1 },
  }));
const post = (run_id: string, body: LogBody) =>
  call(metricsRoute.POST, logMetrics, { params: { run_id }, body });

async function expectComplete(run_id: string, count: number) {
  expect((await readRaw(run_id, "x", { limit: 10_000 })).map(({ step, value }) => [step, value])).toEqual(
    Array.from({ length: count }, (_, step) => [step, step]),
  );
  expect((await metricsOf(run_id)).find(({ key }) => key === "x")).toMatchObject({
    count,
    first_step: 0,
    last_step: count - 1,
    min: 0,
    max: count - 1,
  });
  const [whole] = (await readSeries(run_id, "x", { buckets: 1 })).points;
  expect(whole).toMatchObject({ count, min: 0, max: count - 1, mean: (count - 1) / 2 });
  expect((await getRun(run_id)).last_step).toBe(count - 1);
}

describe("fifty jobs log at the same moment", () => {
  test("into one run: nothing lost, nothing doubled", async () => {
    const run = await createRun();
    const replies = await Promise.all(callers.map((i) => log(run.id, { points: tenPoints(i * 10) })));
    expect(replies.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(CALLERS * 10);
    await expectComplete(run.id, CALLERS * 10);
  });

  test("the same points into one run: each stored once", async () => {
    const run = await createRun();
    const replies = await Promise.all(callers.map(() => log(run.id, { points: tenPoints(0) })));
    expect(replies.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(10);
    await expectComplete(run.id, 10);
  });

  test("one batch id: one of them stores it", async () => {
    const run = await createRun();
    const replies = await Promise.all(
      callers.map(() => log(run.id, { batch_id: "b", points: tenPoints(0) })),
    );
    expect(replies.filter(({ accepted }) => accepted === 10)).toHaveLength(1);
    expect(replies.filter(({ accepted, duplicates }) => accepted === 0 && duplicates === 10)).toHaveLength(
      CALLERS - 1,
    );
  });

  test("into several runs", async () => {
    const runs = await Promise.all([0, 1, 2, 3, 4].map(() => createRun()));
    await Promise.all(
      callers.map((i) => log(runs[i % 5]!.id, { points: tenPoints(Math.floor(i / 5) * 10) })),
    );
    for (const run of runs) await expectComplete(run.id, 100);
  });

  test("a policy fires once, in one of the replies", async () => {
    const run = await createRun({
      plateau: [
        { metric: "loss", detector: "torch", mode: "min", patience: 5, cooldown: 1000, action: "apply" },
      ],
    });
    await Promise.all(
      callers.map((step) => log(run.id, { points: [{ step, time: step, metrics: { loss: 1 } }] })),
    );
    expect((await controlOf(run.id)).filter(({ status }) => status === "delivered")).toHaveLength(1);
  });
});

describe("a refusal among others that share its commit", () => {
  test("disturbs none of them", async () => {
    const [good, over] = [await createRun(), await createRun()];
    await finish(over.id);
    const answers = await Promise.all(
      callers.map((i) => {
        if (i % 5 === 1) return post(over.id, { points: tenPoints(0) });
        if (i % 5 === 3) return post("nobody", { points: tenPoints(0) });
        return post(good.id, { points: tenPoints(i * 10) });
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(
      callers.map((i) => ({ 1: 409, 3: 404 })[i % 5] ?? 200),
    );
    expect(await readRaw(good.id, "x", { limit: 10_000 })).toHaveLength(30 * 10);
    expect(await metricsOf(over.id)).toEqual([]);
  });

  test("nor when it quotes words that the database uses for contention", async () => {
    const name = "SQLITE_BUSY: database is locked, deadlock detected, could not serialize P2034";
    await ok(projectsRoute.POST, createProject, { body: { name } });
    const run = await createRun();
    const [first, refused, last] = await Promise.all([
      post(run.id, { points: tenPoints(0) }),
      call(projectsRoute.POST, createProject, { body: { name } }),
      post(run.id, { points: tenPoints(10) }),
    ]);
    expect(refused).toMatchProblem(409, "conflict");
    expect([first.status, last.status]).toEqual([200, 200]);
    await expectComplete(run.id, 20);
  });
});

describe("made by several at the same moment", () => {
  test("a run with the client's id: one makes it, the others find it", async () => {
    const body = { id: mint("same"), project: mint("p"), name: "one" };
    const answers = await Promise.all(callers.map(() => call(runsRoute.POST, createRunApi, { body })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(CALLERS - 1);
  });

  test("runs in a new project: one project", async () => {
    const project = mint("p");
    const runs = await Promise.all(callers.map(() => createRun({ project })));
    expect(new Set(runs.map((run) => run.project.id)).size).toBe(1);
  });

  test("a project: one makes it, the others are told", async () => {
    const body = { name: mint("p") };
    const answers = await Promise.all(callers.map(() => call(projectsRoute.POST, createProject, { body })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(CALLERS - 1);
  });
});
