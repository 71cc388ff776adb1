import { describe, expect, test } from "vitest";
import * as replayRoute from "@/app/api/v1/runs/[run_id]/replay/route";
import * as overlayRoute from "@/app/api/v1/runs/[run_id]/overlay/route";
import { getReplay } from "@/lib/contracts/endpoints/schedules";
import { getOverlay } from "@/lib/contracts/endpoints/metrics";
import { call, type Input, freshDatabase, ok } from "@/tests/support/api";
import { refusedFields } from "@/tests/support/problem";
import { createRun, log, overlayOf, requestControl } from "@/tests/support/seed";
import { torchSchedule } from "@/tests/support/torch-schedule";

freshDatabase();

const PER_EPOCH = 10;
const MULTI_STEP = torchSchedule(
  "torch.optim.lr_scheduler.MultiStepLR",
  { milestones: [3, 7], gamma: 0.1 },
  { stepping: { unit: "epoch" } },
);
const declaredAt = (step: number) => 0.1 * 0.1 ** [30, 70].filter((milestone) => step >= milestone).length;

/** A run of 100 steps on the declared MultiStepLR, whose LR at each step is `lrOf(step)`. */
async function trained(lrOf: (step: number) => number, steps = 100, body: object = {}) {
  const run = await createRun({
    schedule: MULTI_STEP as object as never,
    steps_per_epoch: PER_EPOCH,
    total_steps: 100,
    ...body,
  });
  await log(run.id, {
    points: Array.from({ length: steps }, (_, step) => ({
      step,
      time: 1e9 + step,
      epoch: step / PER_EPOCH,
      metrics: { lr: lrOf(step), "train/loss": 1 / (step + 1) },
    })),
  });
  return run;
}

describe("declared against actual", () => {
  test("a MultiStepLR stepped once per epoch: all three curves, no drift", async () => {
    const run = await trained(declaredAt);
    const overlay = await overlayOf(run.id);
    expect(overlay).toMatchObject({
      from: 0,
      to: 99,
      last_step: 99,
      drift: [],
      lr: { key: "lr", effective: null },
    });
    const { declared, actual } = overlay.lr;
    expect(declared?.steps).toEqual(Array.from({ length: 100 }, (_, i) => i));
    declared?.steps.forEach((step, i) =>
      expect(declared.lrs[0]![i]).toBeRelativelyClose(declaredAt(step), 1e-12),
    );
    expect(actual?.points.map(({ last }) => last)).toEqual(declared?.steps.map(declaredAt));
    expect(overlay.metrics.map(({ key }) => key)).toEqual(["train/loss"]);
    expect(overlay.audit.verdict).toBe("match");
  });

  test("thinned, a jump keeps upright flanks: the steps on both of its sides are there", async () => {
    const run = await trained(declaredAt, 5, { total_steps: 100_000, steps_per_epoch: 5_000 });
    const { declared } = (await overlayOf(run.id, { buckets: 20 })).lr;
    expect(declared?.steps).toEqual(expect.arrayContaining([0, 14_999, 15_000, 34_999, 35_000, 99_999]));
    expect(declared?.steps.length).toBeLessThan(60);
    expect(declared?.steps).toEqual([...declared!.steps].sort((a, b) => a - b));
    const at = (step: number) => declared!.lrs[0]![declared!.steps.indexOf(step)];
    expect(at(14_999)).toBe(0.1);
    expect(at(15_000)).toBeRelativelyClose(0.01, 1e-12);
  });

  test("stepped per batch against a declaration per epoch: drift from the first milestone on", async () => {
    const run = await trained((step) => 0.1 * 0.1 ** [3, 7].filter((milestone) => step >= milestone).length);
    const { drift, audit } = await overlayOf(run.id);
    expect(drift[0]?.from_step).toBe(3);
    // Of step 69 the declared LR one step later agrees, which is within the convention.
    expect(drift.at(-1)?.to_step).toBeGreaterThanOrEqual(68);
    expect(Math.max(...drift.map(({ max_relative_error }) => max_relative_error))).toBeGreaterThan(0.9);
    expect(audit.verdict).toBe("drift");
    expect(audit.findings.length).toBeGreaterThan(0);
  });

  test.each([1, -1])("logged %i step off throughout: a convention, not drift", async (offset) => {
    const run = await trained((step) => declaredAt(Math.max(0, step + offset)));
    expect(await overlayOf(run.id)).toMatchObject({ drift: [] });
  });

  test("the plan is drawn to its end while the run goes, and what was logged once it is over", async () => {
    const run = await trained(declaredAt, 20);
    const { from, to, last_step, lr } = await overlayOf(run.id);
    expect({ from, to, last_step }).toEqual({ from: 0, to: 99, last_step: 19 });
    expect(lr.declared?.steps.at(-1)).toBe(99);
    expect(lr.actual?.points).toHaveLength(20);
  });

  test("without a schedule, without an LR, without anything", async () => {
    const bare = await createRun();
    expect(await overlayOf(bare.id)).toMatchObject({
      metrics: [],
      lr: { key: null, declared: null, effective: null, actual: null },
      events: [],
      audit: { verdict: "no_schedule" },
    });
    const planned = await createRun({ schedule: { kind: "linear", from: 1, to: 0, steps: 10 } });
    expect(await overlayOf(planned.id)).toMatchObject({
      to: 9,
      lr: {
        declared: {
          lrs: [
            [
              1,
              0.9,
              0.8,
              expect.closeTo(0.7),
              0.6,
              0.5,
              expect.closeTo(0.4),
              expect.closeTo(0.3),
              expect.closeTo(0.2),
              expect.closeTo(0.1),
            ],
          ],
        },
      },
      audit: { verdict: "no_lr" },
    });
  });

  test("an LR that becomes NaN or infinite is drift, not an error", async () => {
    const run = await createRun({ schedule: { kind: "constant", value: 0.1 } });
    const lrs = [0.1, 0.1, "NaN", "NaN", "Infinity", 0.1, 0.1, "NaN", 0.2, 0.2, 0.2] as const;
    await log(run.id, { points: lrs.map((lr, step) => ({ step, metrics: { lr } })) });
    for (const buckets of [800, 6, 3, 1]) {
      const overlay = await overlayOf(run.id, { buckets });
      expect(overlay.drift.length).toBeGreaterThan(0);
    }
  });
});

describe("effective: declared, times what was applied", () => {
  async function halved(schedule: object, lrOf: (step: number) => number) {
    const run = await createRun({ schedule: schedule as never, total_steps: 20 });
    const points = Array.from({ length: 10 }, (_, step) => ({ step, metrics: { lr: lrOf(step) } }));
    await log(run.id, { points });
    const { id } = await requestControl(run.id, { kind: "scale_lr", factor: 0.5 });
    await log(run.id, { points: [], acks: [] });
    await log(run.id, {
      points: Array.from({ length: 10 }, (_, i) => ({ step: 10 + i, metrics: { lr: lrOf(10 + i) / 2 } })),
      acks: [{ id, outcome: "applied", lr: lrOf(10) / 2, step: 10 }],
    });
    return { run, id };
  }

  const cosine = { kind: "cosine", peak: 0.2, floor: 0, steps: 20 };
  const cosineAt = (step: number) => 0.1 * (1 + Math.cos((Math.PI * step) / 20));

  test.each<[string, object, (step: number) => number]>([
    ["constant", { kind: "constant", value: 0.2 }, () => 0.2],
    ["cosine", cosine, cosineAt],
  ])("%s", async (_, schedule, lrOf) => {
    const { run, id } = await halved(schedule, lrOf);
    const overlay = await overlayOf(run.id, { to: 19 });
    const { declared, effective } = overlay.lr;
    expect(effective?.steps).toEqual(declared?.steps);
    effective?.steps.forEach((step, i) => {
      expect(declared!.lrs[0]![i]).toBeRelativelyClose(lrOf(step), 1e-9, 0.2);
      expect(effective.lrs[0]![i]).toBeRelativelyClose(step < 10 ? lrOf(step) : lrOf(step) / 2, 1e-9, 0.2);
    });
    expect(overlay.drift).toEqual([]);
    expect(overlay.events).toContainEqual(
      expect.objectContaining({
        kind: "control",
        control_id: id,
        step: 10,
        status: "verified",
        label: "×0.5",
      }),
    );
  });
});

describe("a declared rule that follows a metric", () => {
  const RULE = {
    kind: "reduce_on_plateau" as const,
    peak: 0.1,
    monitor: "val/loss",
    patience: 2,
    factor: 0.5,
  };
  // One better value, then none: the rule cuts after the third bad one.
  const cut = (step: number) => (step < 4 ? 0.1 : step < 7 ? 0.05 : step < 10 ? 0.025 : 0.0125);
  const points = (metrics: (step: number) => object) =>
    Array.from({ length: 12 }, (_, step) => ({ step, time: 1e9 + step, metrics: { ...metrics(step) } }));

  const replayOf = async (run_id: string, points: number) =>
    (await ok(replayRoute.GET, getReplay, { params: { run_id }, query: { points } })).curve;

  test("is drawn as its replay over what was logged, and no further", async () => {
    const run = await createRun({ schedule: RULE, total_steps: 100 });
    await log(run.id, { points: points((step) => ({ "val/loss": 1, lr: cut(step) })) });
    const { audit, drift, lr, to } = await overlayOf(run.id);
    expect({ verdict: audit.verdict, drift, to }).toEqual({ verdict: "match", drift: [], to: 99 });
    expect(lr.declared?.steps.at(-1)).toBe(11);
    expect(lr.declared?.lrs).toEqual([lr.declared?.steps.map(cut)]);
    const part = await overlayOf(run.id, { from: 5, to: 8 });
    expect(part.lr.declared).toMatchObject({ steps: [5, 6, 7, 8], lrs: [[0.05, 0.05, 0.025, 0.025]] });
    expect((await overlayOf(run.id, { from: 40, to: 60 })).lr.declared).toBeNull();
    expect(await replayOf(run.id, 4)).toEqual({ steps: [0, 4, 7, 11], lrs: [[0, 4, 7, 11].map(cut)] });
  });

  test("is held against the LR where the job did not follow it", async () => {
    const run = await createRun({ schedule: RULE });
    await log(run.id, { points: points(() => ({ "val/loss": 1, lr: 0.1 })) });
    expect((await overlayOf(run.id)).drift).toMatchObject([{ from_step: 4, to_step: 11 }]);
  });

  test("says nothing while its metric is not known", async () => {
    const run = await createRun({ schedule: RULE });
    await log(run.id, { points: points((step) => ({ lr: cut(step) })) });
    expect((await overlayOf(run.id)).lr.declared).toBeNull();
    expect(await replayOf(run.id, 4)).toBeNull();
    expect(await replayOf((await trained(declaredAt, 4)).id, 4)).toBeNull();
  });
});

describe("events", () => {
  test("plateaus, requests and cuts of the logged LR", async () => {
    const run = await createRun({
      plateau: [{ metric: "loss", detector: "torch", mode: "min", patience: 2, factor: 0.1 }],
    });
    await log(run.id, {
      points: [5, 4, 4, 4, 4, 4, 4, 4].map((loss, step) => ({
        step,
        metrics: { loss, lr: step < 6 ? 0.1 : 0.01 },
      })),
    });
    const { events } = await overlayOf(run.id);
    expect(events).toMatchObject([
      {
        kind: "plateau",
        from_step: 1,
        to_step: 7,
        checks: 6,
        metric: "loss",
        control_id: expect.any(String),
      },
      { kind: "lr_change", step: 6, from_lr: 0.1, to_lr: 0.01, label: "×0.1" },
    ]);
  });
});

describe("jumps of the LR", () => {
  const marks = async (id: string, query: Input["query"] = {}) =>
    (await overlayOf(id, query)).events.map((event) =>
      event.kind === "lr_change" ? [event.step, event.label] : event.kind,
    );

  test("steps of the schedule are none; its beginning again is one, the same at every zoom", async () => {
    expect(await marks((await trained(declaredAt)).id)).toEqual([]);
    const again = await trained((step) => declaredAt(step < 45 ? step : step - 45));
    const told = [[45, "restarted at 45"]];
    expect(await marks(again.id)).toEqual(expect.arrayContaining(told));
    const windows: Input["query"][] = [{ from: 20, to: 60 }, { from: 44, to: 46 }, { buckets: 4 }];
    for (const window of windows) expect(await marks(again.id, window)).toEqual(await marks(again.id));
  });

  test("without a schedule a cut is one; what a request caused is told by the request", async () => {
    const run = await trained((step) => (step < 20 ? 0.1 : 0.02), 50, { schedule: undefined });
    const { id } = await requestControl(run.id, { kind: "scale_lr", factor: 0.5 });
    await log(run.id, { points: [], acks: [] });
    await log(run.id, {
      points: Array.from({ length: 20 }, (_, i) => ({ step: 50 + i, metrics: { lr: 0.01 } })),
      acks: [{ id, outcome: "applied", lr: 0.01, step: 50 }],
    });
    expect(await marks(run.id)).toEqual(["control", [20, "×0.2"]]);
  });
});

test.each([
  { kind: "cosine" as const, peak: 0.1, floor: 0, steps: 1e100 },
  torchSchedule("torch.optim.lr_scheduler.CosineAnnealingLR", { T_max: 1e308 }),
])("a schedule that is longer than any run can be is drawn as far as the run goes", async (schedule) => {
  const { id } = await createRun({ schedule: schedule as object as never });
  const { to, lr } = await overlayOf(id);
  expect([to, lr.declared?.steps.at(-1)]).toEqual([0, 0]);
});

describe("the request", () => {
  test("chooses metrics, window and coordinate", async () => {
    const run = await trained(declaredAt);
    const overlay = await overlayOf(run.id, {
      metrics: "lr,train/loss,nothing",
      from: 25,
      to: 34,
      x: "epoch",
    });
    expect(overlay).toMatchObject({ x: "epoch", from: 25, to: 34 });
    expect(overlay.metrics.map(({ key, points }) => [key, points.length])).toEqual([
      ["lr", 10],
      ["train/loss", 10],
    ]);
    expect(overlay.lr.declared?.steps).toEqual([25, 26, 27, 28, 29, 30, 31, 32, 33, 34]);
    expect(overlay.lr.declared?.x[0]).toBe(2.5);
    expect((await overlayOf(run.id, { metrics: "" })).metrics).toEqual([]);
  });

  test.each<[Input["query"], string]>([
    [{ metrics: Array.from({ length: 21 }, (_, i) => `m${i}`).join() }, "metrics"],
    [{ metrics: " a" }, "metrics[0]"],
    [{ buckets: 9999 }, "buckets"],
    [{ zoom: 1 }, "zoom"],
  ])("%j is refused by name", async (query, field) => {
    const run = await createRun();
    const answer = await call(overlayRoute.GET, getOverlay, { params: { run_id: run.id }, query });
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)).toEqual([field]);
  });

  test("an unknown run", async () => {
    expect(await call(overlayRoute.GET, getOverlay, { params: { run_id: "nobody" } })).toMatchProblem(
      404,
      "not_found",
    );
  });
});
