import { describe, expect, test } from "vitest";
import * as auditRoute from "@/app/api/v1/runs/[run_id]/audit/route";
import * as inferRoute from "@/app/api/v1/schedules/infer/route";
import { getAudit, inferSchedule } from "@/lib/contracts/endpoints/audit";
import { call, ok, freshDatabase } from "@/tests/support/api";
import { createRun, log, logValues, overlayOf, type RunBody } from "@/tests/support/seed";
import { refusedFields } from "@/tests/support/problem";

freshDatabase();

const auditOf = (run_id: string) => ok(auditRoute.GET, getAudit, { params: { run_id } });
const infer = (body: object) => ok(inferRoute.POST, inferSchedule, { body });
const refused = async (body: object) => refusedFields(await call(inferRoute.POST, inferSchedule, { body }));

const cosine: RunBody["schedule"] = { kind: "cosine", peak: 0.1, floor: 0, steps: 200 };
const cosineAt = (step: number) => 0.05 * (1 + Math.cos((Math.PI * Math.min(step, 200)) / 200));

async function trained(lrAt: (step: number) => number, body: RunBody = { schedule: cosine }) {
  const run = await createRun(body);
  await logValues(
    run.id,
    "lr",
    Array.from({ length: 200 }, (_, step) => lrAt(step)),
  );
  return run;
}

describe("GET /runs/{id}/audit", () => {
  test("a run that follows its schedule matches", async () => {
    const run = await trained(cosineAt);
    expect(await auditOf(run.id)).toEqual({
      verdict: "match",
      findings: [],
      offset: 0,
      max_relative_error: 0,
      inferred: null,
    });
  });

  test("a schedule that began again is told with its step and how to mend it, on the chart as well", async () => {
    const run = await trained((step) => cosineAt(step < 120 ? step : step - 120));
    const report = await auditOf(run.id);
    expect(report).toMatchObject({
      verdict: "drift",
      findings: [
        {
          code: "restarted",
          from_step: 120,
          to_step: 199,
          params: { restart_step: 120 },
          message: expect.stringContaining("step 120"),
          fix: expect.stringContaining("state_dict"),
        },
      ],
    });
    const { inferred, ...audit } = report;
    expect(inferred).toBeNull();
    const overlay = await overlayOf(run.id, { from: 100, to: 150 });
    expect(overlay.audit).toEqual(audit);
    expect(overlay.drift).toMatchObject([{ from_step: 120, to_step: 150 }]);
  });

  test("new points and a new declaration are taken up at once", async () => {
    const run = await createRun({ schedule: cosine });
    await logValues(
      run.id,
      "lr",
      Array.from({ length: 60 }, (_, step) => cosineAt(step)),
    );
    expect((await auditOf(run.id)).verdict).toBe("match");
    await logValues(
      run.id,
      "lr",
      Array.from({ length: 60 }, (_, step) => cosineAt(step)),
      60,
    );
    expect((await auditOf(run.id)).findings).toMatchObject([{ code: "restarted", from_step: 60 }]);
  });

  test("a reduce-on-plateau is held against its metric", async () => {
    const run = await createRun({
      schedule: { kind: "reduce_on_plateau", peak: 0.1, monitor: "val/loss", patience: 2, factor: 0.5 },
    });
    // One better value, then none: the rule cuts after the third bad one.
    await log(run.id, {
      points: Array.from({ length: 12 }, (_, step) => ({
        step,
        time: 1e9 + step,
        metrics: { lr: step < 4 ? 0.1 : step < 7 ? 0.05 : step < 10 ? 0.025 : 0.0125, "val/loss": 1 },
      })),
    });
    expect(await auditOf(run.id)).toMatchObject({ verdict: "match", offset: 0 });
    const still = await createRun({
      schedule: { kind: "reduce_on_plateau", peak: 0.1, monitor: "val/loss", patience: 2, factor: 0.5 },
    });
    await log(still.id, {
      points: Array.from({ length: 12 }, (_, step) => ({
        step,
        time: 1e9 + step,
        metrics: { lr: 0.1, "val/loss": 1 },
      })),
    });
    expect((await auditOf(still.id)).findings).toMatchObject([{ code: "plateau_mismatch" }]);
  });

  test("without a declaration it proposes the schedule that the log shows", async () => {
    const run = await trained(cosineAt, {});
    expect(await auditOf(run.id)).toMatchObject({
      verdict: "no_schedule",
      inferred: {
        schedule: cosine,
        family: "cosine",
        description: expect.stringContaining("cosine 0.1 → 0"),
      },
    });
  });

  test("without an LR there is nothing to say; without the run, 404", async () => {
    const run = await createRun({ schedule: cosine });
    expect(await auditOf(run.id)).toMatchObject({ verdict: "no_lr", findings: [], inferred: null });
    expect(await auditOf((await createRun()).id)).toMatchObject({ verdict: "no_schedule", inferred: null });
    expect((await call(auditRoute.GET, getAudit, { params: { run_id: "none" } })).status).toBe(404);
  });
});

describe("the cost of an audit goes with the points", () => {
  test("steps counted in tokens, the LR set by hand, and a gap of 1e12 steps", async () => {
    const million = 1_000_000;
    const tokens = await createRun({ schedule: { kind: "linear", from: 0.1, to: 0, steps: 1e9 } });
    const lrAt = (i: number) => (i < 200 ? 0.1 * (1 - i / 1000) : 0.0123);
    const points = Array.from({ length: 300 }, (_, i) => ({ step: i * million, metrics: { lr: lrAt(i) } }));
    await log(tokens.id, { points });
    expect((await auditOf(tokens.id)).findings).toMatchObject([
      { code: "external_change", from_step: 200 * million, params: { kind: "held", lr: 0.0123 } },
    ]);
    expect((await overlayOf(tokens.id)).audit.verdict).toBe("drift");

    const milestones = { kind: "multi_step" as const, peak: 0.1, milestones: [10, 20], gamma: 0.1 };
    const gap = await createRun({ schedule: milestones });
    const before = Array.from({ length: 300 }, (_, step) => ({
      step,
      metrics: { lr: step < 10 ? 0.1 : step < 20 ? 0.01 : 0.001 },
    }));
    const after = Array.from({ length: 50 }, (_, i) => ({ step: 1e12 + i, metrics: { lr: 0.0007 } }));
    await log(gap.id, { points: [...before, ...after] });
    expect((await auditOf(gap.id)).findings).toMatchObject([{ code: "external_change", from_step: 1e12 }]);
  });
});

describe("what else a run says of its learning rate", () => {
  test("another metric counts the updates that the log does not", async () => {
    const run = await createRun({ schedule: cosine });
    const points = Array.from({ length: 40 }, (_, step) => ({
      step,
      metrics: { lr: cosineAt(5 * step), "train/global_step": 5 * step },
    }));
    await log(run.id, { points });
    expect((await auditOf(run.id)).findings).toMatchObject([
      { code: "time_scale", params: { cadence: "counter", counter: "train/global_step", N: 5 } },
    ]);
  });

  test("a schedule that ends before its run is told while it still follows it", async () => {
    const schedule: RunBody["schedule"] = {
      library: "torch",
      constructor: "torch.optim.lr_scheduler.OneCycleLR",
      kwargs: { max_lr: 0.1, total_steps: 100, div_factor: 10, anneal_strategy: "linear" },
      base_lrs: [0.1],
      stepping: { unit: "step" },
    };
    const run = await createRun({ schedule, total_steps: 150 });
    await logValues(run.id, "lr", [0.01]);
    expect(await auditOf(run.id)).toMatchObject({
      verdict: "match",
      findings: [{ code: "past_end", from_step: 101, params: { type: "ValueError" } }],
    });
  });
});

describe("POST /schedules/infer", () => {
  const steps = Array.from({ length: 200 }, (_, step) => step);

  test("gives the schedule, its family and its numbers", async () => {
    expect(await infer({ steps, lrs: steps.map(cosineAt) })).toMatchObject({
      schedule: cosine,
      family: "cosine",
      params: { peak: 0.1, floor: 0, steps: 200 },
      unit: "step",
    });
  });

  test("in epochs when it is stepped by them", async () => {
    const lrs = steps.map((step) => cosineAt(Math.floor(step / 10) * 10));
    const { schedule, unit, max_relative_error } = await infer({ steps, lrs, steps_per_epoch: 10 });
    expect(schedule).toMatchObject({
      kind: "per_epoch",
      steps_per_epoch: 10,
      spec: { kind: "cosine", steps: 20 },
    });
    expect(unit).toBe("epoch");
    expect(max_relative_error).toBeLessThan(1e-6);
  });

  test("says so when nothing explains the log", async () => {
    const lrs = steps.map((step) => 0.1 + 0.05 * Math.sin(step * step));
    expect(await infer({ steps, lrs })).toMatchObject({ schedule: null, family: "unknown" });
  });

  test("names the field that is wrong", async () => {
    const lrs = [0.1, 0.1, 0.1];
    expect(await refused({ steps: [0, 1, 2, 3], lrs })).toEqual(["lrs"]);
    expect(await refused({ steps: [0, 1], lrs: [1, 1] })).toEqual(["steps", "lrs"]);
    expect(await refused({ steps: [0, 2, 2], lrs })).toEqual(["steps[2]"]);
    expect(await refused({ steps: [0, 1, 2], lrs: [0.1, "NaN", 0.1] })).toEqual(["lrs[1]"]);
    expect(await refused({ steps: [0, 1, 2], lrs, extra: 1 })).toEqual(["extra"]);
  });
});
