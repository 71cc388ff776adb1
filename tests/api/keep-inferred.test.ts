import { expect, test } from "vitest";
import * as auditRoute from "@/app/api/v1/runs/[run_id]/audit/route";
import * as runRoute from "@/app/api/v1/runs/[run_id]/route";
import { getAudit } from "@/lib/contracts/endpoints/audit";
import * as runsApi from "@/lib/contracts/endpoints/runs";
import { keepInferred } from "@/lib/server/audit/keep-inferred";
import { freshDatabase, ok } from "../support/api";
import { createRun, finish, getRun, log } from "../support/seed";

freshDatabase();

const cosine = (from: number, to: number) => ({
  points: Array.from({ length: to - from }, (_, i) => ({
    step: from + i,
    time: 1e9 + from + i,
    metrics: { lr: 0.05 * (1 + Math.cos((Math.PI * (from + i)) / 200)), loss: 1 },
  })),
});

const auditOf = (run_id: string) => ok(auditRoute.GET, getAudit, { params: { run_id } });

const update = (run_id: string, body: object) =>
  ok(runRoute.PATCH, runsApi.updateRun, { params: { run_id }, body });

test("a run without a declared schedule is listed by the one that it shows", async () => {
  const { id } = await createRun();
  await log(id, cosine(0, 100));
  expect(await getRun(id)).toMatchObject({ schedule: null, schedule_source: null, schedule_family: null });
  await keepInferred();
  expect(await getRun(id)).toMatchObject({
    schedule: { kind: "cosine", steps: 200 },
    schedule_source: "inferred",
    schedule_family: "cosine",
  });
});

test("a declared schedule stands, and taking it back lets the log speak again", async () => {
  const declared = { kind: "constant" as const, value: 0.1 };
  const { id } = await createRun({ schedule: declared });
  await log(id, cosine(0, 100));
  await finish(id);
  await keepInferred();
  expect(await getRun(id)).toMatchObject({ schedule: declared, schedule_source: "declared" });
  expect(await update(id, { schedule: null })).toMatchObject({ schedule: null, schedule_source: null });
  await keepInferred();
  expect(await getRun(id)).toMatchObject({ schedule: { kind: "cosine" }, schedule_source: "inferred" });
  expect(await update(id, { schedule: declared })).toMatchObject({ schedule_source: "declared" });
});

test("a live run is looked at again when it has got further, an ended one at its end", async () => {
  const { id } = await createRun();
  await log(id, { points: [0, 1, 2, 3].map((step) => ({ step, time: step, metrics: { lr: 0.1 } })) });
  await keepInferred();
  expect(await getRun(id)).toMatchObject({ schedule_family: "constant" });
  await log(id, {
    points: [4, 5, 6, 7].map((step) => ({ step, time: step, metrics: { lr: 0.1 * 0.5 ** (step - 3) } })),
  });
  await keepInferred();
  const further = await getRun(id);
  expect(further.schedule_family).not.toBe("constant");
  await finish(id);
  await keepInferred();
  expect(await getRun(id)).toMatchObject({ schedule: further.schedule, status: "finished" });
});

test("a run that logs no LR shows none", async () => {
  const { id } = await createRun();
  await log(id, { points: [{ step: 5, time: 1, metrics: { loss: 1 } }] });
  await keepInferred();
  expect(await getRun(id)).toMatchObject({ schedule: null, schedule_source: null });
});

/** A fine-tuning whose loss scaler skipped its first updates: step s holds the LR of step s − lag. */
const finetuning = (lag: number) => ({
  points: Array.from({ length: 100 }, (_, i) => {
    const step = 10 * (i + 1);
    const at = Math.max(0, step - lag);
    return { step, time: step, metrics: { lr: at < 100 ? (5e-5 * at) / 100 : (5e-5 * (1000 - at)) / 900 } };
  }),
});

test.each([0, 1, 2, 6, 10])(
  "a schedule that lags by %i steps, once adopted, is what the log follows",
  async (lag) => {
    const { id } = await createRun();
    await log(id, finetuning(lag));
    await finish(id);
    const { inferred } = await auditOf(id);
    expect(inferred).toMatchObject({ offset: -lag + 0, family: "warmup + linear" });
    expect(inferred?.notes.some((note) => note.includes(`step s − ${lag}`))).toBe(lag > 0);
    await update(id, { schedule: inferred?.schedule });
    expect(await auditOf(id)).toMatchObject({ verdict: "match", findings: [], inferred: null });
  },
);

test("an LR beyond all bounds shows a schedule that none could declare, and none is kept", async () => {
  const { id } = await createRun();
  await log(id, { points: [0, 1, 2, 3].map((step) => ({ step, time: 1e9, metrics: { lr: 1e101 } })) });
  await keepInferred();
  expect(await getRun(id)).toMatchObject({ schedule: null, schedule_source: null });
});
