import { describe, expect, test } from "vitest";
import * as curvesRoute from "@/app/api/v1/compare/curves/route";
import * as compareRoute from "@/app/api/v1/compare/route";
import type { WireNumber } from "@/lib/contracts/common";
import * as api from "@/lib/contracts/endpoints/compare";
import type { Run } from "@/lib/contracts/runs";
import { call, freshDatabase, ok } from "@/tests/support/api";
import { createRun, finish, log, logValues, mint, type RunBody } from "@/tests/support/seed";

freshDatabase();

const compare = (body: object) =>
  ok(compareRoute.POST, api.compare, { body: { metric: "loss", mode: "min", ...body } });
const tryToCompare = (body: object) => call(compareRoute.POST, api.compare, { body });
const curves = (body: object) =>
  ok(curvesRoute.POST, api.compareCurves, { body: { metrics: ["loss"], ...body } });

/** A finished run with these losses, one a step. */
async function trained(losses: readonly WireNumber[], body: RunBody) {
  const run = await createRun(body);
  await log(run.id, {
    points: losses.map((loss, step) => ({ step, time: 1e9 + step, metrics: { loss, lr: 0.1 / (step + 1) } })),
  });
  await finish(run.id);
  return run;
}

const cosine = { kind: "cosine", peak: 0.1, floor: 0, steps: 10 } as const;
const constant = { kind: "constant", value: 0.1 } as const;

describe("comparing runs", () => {
  test("groups by schedule with figures that follow from the observations", async () => {
    const project = mint("project");
    const a: Run[] = [];
    for (const [seed, end] of [0.5, 0.6, 0.7].entries())
      a.push(await trained([3, 0.4, end], { project, seed, schedule: cosine, config: { seed, depth: 2 } }));
    for (const seed of [0, 1, 2])
      await trained([3, 2, 1 + seed], { project, seed, schedule: constant, config: { seed, depth: 3 } });
    const answer = await compare({ project, target: 0.65, extra: ["lr"] });
    expect(answer.groups.map(({ label, n, description }) => [label, n, description])).toEqual([
      ["cosine", 3, "cosine 0.1 → 0 over 10 steps"],
      ["constant", 3, "constant 0.1"],
    ]);
    const [best] = answer.groups;
    expect(best?.mean).toBeCloseTo(0.6, 12);
    expect(best?.best).toBeCloseTo(0.4, 12);
    expect(best?.area).toBeCloseTo((3 + 0.4 + 0.6) / 3, 12);
    expect(best?.target).toMatchObject({ reached: 3, of: 3, steps: 1, fastest: 1, slowest: 1 });
    expect(best?.interval?.low).toBeCloseTo(0.6 - 4.302652729749462 * (0.1 / Math.sqrt(3)), 10);
    expect(best?.run_ids.sort()).toEqual(a.map(({ id }) => id).sort());
    expect(answer.pairs).toMatchObject([
      { n_a: 3, n_b: 3, p: 0.1, smallest_p: 0.1, uses: "unpaired", paired: { pairs: 3, smallest_p: 0.25 } },
    ]);
    expect(answer.verdict.shown).toBe(false);
    expect(answer.verdict.text).toContain("with 3 runs a side the smallest possible p is 0.10");
    expect(answer.config.map(({ path }) => path)).toEqual(["depth", "seed"]);
    expect(answer.runs.find(({ id }) => id === a[0]!.id)).toMatchObject({
      value: 0.5,
      best: 0.4,
      steps_to_target: 1,
      seconds_to_target: 1,
      lr_peak: 0.1,
      lr_peak_step: 0,
      extra: { lr: 0.1 / 3 },
      schedule_source: "declared",
    });
    expect(answer.metrics).toEqual(["loss", "lr"]);
  });

  test("at best, the extreme counts and not the end", async () => {
    const run = await trained([3, 0.1, 2], { group: "g" });
    const { groups } = await compare({ runs: [run.id], by: "group", at: "best" });
    expect(groups).toMatchObject([{ label: "g", mean: 0.1, final: 2 }]);
  });

  test("the latest observation at a step counts", async () => {
    const run = await createRun({ group: "g" });
    await log(run.id, { points: [{ step: 0, time: 5, metrics: { loss: 9 } }] });
    await log(run.id, { points: [{ step: 0, time: 6, metrics: { loss: 4 } }] });
    const { groups, notes } = await compare({ runs: [run.id], by: "group" });
    expect(groups[0]).toMatchObject({ mean: 4, best: 4, area: 4, unfinished: 1 });
    expect(notes.join()).toContain("1 run is unfinished");
  });

  test("diverged runs and runs without the metric are counted", async () => {
    const project = mint("project");
    await trained([1, "NaN"], { project, group: "a" });
    await trained([1, "Infinity"], { project, group: "a" });
    await trained([1, 0.5], { project, group: "a" });
    await createRun({ project, group: "b" });
    const { groups, runs } = await compare({ project, by: "group" });
    expect(groups).toMatchObject([
      { label: "a", runs: 3, n: 1, diverged: 2, mean: 0.5 },
      { label: "b", runs: 1, n: 0, missing: 1, mean: null },
    ]);
    expect(runs.map(({ state }) => state).sort()).toEqual(["diverged", "diverged", "measured", "missing"]);
    expect(runs.map(({ last }) => last).sort()).toEqual([0.5, "Infinity", "NaN", null]);
  });

  test("a run that declares nothing goes by the schedule that its LR shows", async () => {
    const run = await createRun({});
    const lr = Array.from({ length: 60 }, (_, step) => 0.05 * (1 + Math.cos((Math.PI * step) / 60)));
    await log(run.id, {
      points: lr.map((value, step) => ({ step, time: step, metrics: { lr: value, loss: 1 } })),
    });
    const { groups, runs } = await compare({ runs: [run.id] });
    expect(groups[0]).toMatchObject({ label: "cosine (inferred)" });
    expect(groups[0]?.description).toContain("inferred from the logged LR");
    expect(runs[0]).toMatchObject({ schedule_source: "inferred" });
  });

  test("ranks schedules over several projects", async () => {
    const [p, q] = [mint("project"), mint("project")];
    for (const project of [p, q]) {
      await trained([1, 0.5], { project, schedule: cosine });
      await trained([1, 0.6], { project, schedule: constant });
    }
    const { ranking, notes } = await compare({ projects: [p, q], by: "family" });
    expect(ranking).toMatchObject({
      projects: [p, q].sort(),
      items: [{ key: "cosine", average_rank: 1 }, { average_rank: 2 }],
    });
    expect(notes.join()).toContain("several projects");
  });

  test("runs that are gone are told, and all gone is not found", async () => {
    const run = await trained([1], { group: "g" });
    const { notes } = await compare({ runs: [run.id, "gone"], by: "group" });
    expect(notes).toContain("1 of 2 runs no longer exist.");
    expect(await tryToCompare({ runs: ["gone"], metric: "loss", mode: "min" })).toMatchProblem(
      404,
      "not_found",
    );
    expect(await tryToCompare({ project: "gone", metric: "loss", mode: "min" })).toMatchProblem(
      404,
      "not_found",
    );
  });

  test.each([
    ["neither runs nor project", { metric: "loss", mode: "min" }, "runs"],
    ["both", { runs: ["a"], project: "p", metric: "loss", mode: "min" }, "runs"],
    ["no mode", { project: "p", metric: "loss" }, "mode"],
    ["an unknown grouping", { project: "p", metric: "loss", mode: "min", by: "phase" }, "by"],
    ["an unknown field", { project: "p", metric: "loss", mode: "min", level: 0.9 }, "level"],
    ["too many runs", { runs: Array(1001).fill("a"), metric: "loss", mode: "min" }, "runs"],
  ])("refuses %s", async (_what, body, name) => {
    const answer = await tryToCompare(body);
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(answer.problem?.invalid_params?.map((param) => param.name)).toContain(name);
  });
});

describe("the first step at a target", () => {
  /** Longer than several rollup levels, with one dip that only one observation shows. */
  const STEPS = 3000;
  const DIP = 1717;
  const losses = Array.from({ length: STEPS }, (_, step) => (step === DIP ? 0.25 : 2 - step / (2 * STEPS)));

  test("is found through the rollups exactly", async () => {
    const run = await createRun({ group: "g" });
    await logValues(run.id, "loss", losses);
    for (const target of [2, 1.9, 1.51, 0.25, 0.2]) {
      const { runs } = await compare({ runs: [run.id], by: "group", target });
      const first = losses.findIndex((loss) => loss <= target);
      expect(runs[0]?.steps_to_target).toBe(first === -1 ? null : first);
    }
    const { runs } = await compare({ runs: [run.id], by: "group", mode: "max", target: 1.9 });
    expect(runs[0]?.steps_to_target).toBe(0);
  });

  test("passes over values that a correction replaced", async () => {
    const run = await createRun({ group: "g" });
    await logValues(run.id, "loss", losses);
    await log(run.id, { points: [{ step: DIP, time: 2e9, metrics: { loss: 3 } }] });
    const { runs } = await compare({ runs: [run.id], by: "group", target: 0.3 });
    expect(runs[0]).toMatchObject({ steps_to_target: null, best: losses[STEPS - 1] });
  });
});

describe("curves", () => {
  test("mean and spread of each group, its runs, and their LR", async () => {
    const project = mint("project");
    const [one] = [
      await trained([4, 2], { project, group: "a" }),
      await trained([6, 4], { project, group: "a" }),
      await trained([1, 1, 1], { project, group: "b" }),
    ];
    const { sets, lr, last_step } = await curves({ project, by: "group", lr: true });
    expect(last_step).toBe(2);
    const a = sets[0]?.groups.find(({ key }) => key === "a");
    expect(a).toMatchObject({
      step: [0, 1],
      n: [2, 2],
      mean: [5, 3],
      median: [5, 3],
      q1: [4.5, 2.5],
      q3: [5.5, 3.5],
    });
    expect(a?.low[0]).toBeCloseTo(5 - 12.706204736174694, 9);
    expect(sets[0]?.members_total).toBe(3);
    expect(sets[0]?.members.find(({ run_id }) => run_id === one?.id)).toMatchObject({
      step: [0, 1],
      value: [4, 2],
    });
    expect(lr?.groups.find(({ key }) => key === "b")?.mean).toEqual([0.1, 0.05, 0.1 / 3]);
  });

  test("of a part of the steps, in buckets that all runs share, with no more runs than asked for", async () => {
    const project = mint("project");
    for (const add of [0, 1]) {
      const run = await createRun({ project, group: "a" });
      await logValues(
        run.id,
        "loss",
        Array.from({ length: 600 }, (_, step) => step + add),
      );
    }
    const { sets } = await curves({ project, by: "group", from: 100, to: 355, buckets: 64, members: 1 });
    expect(sets[0]?.level).toBe(2);
    expect(sets[0]?.groups[0]?.step.slice(0, 3)).toEqual([103, 107, 111]);
    expect(sets[0]?.groups[0]?.mean.slice(0, 2)).toEqual([102, 106]);
    expect(sets[0]).toMatchObject({ members_total: 2, members: [{ key: "a" }] });
  });

  test("a run that logs no LR is drawn by its declared schedule", async () => {
    const run = await createRun({ schedule: constant, total_steps: 3 });
    await logValues(run.id, "loss", [1, 2, 3]);
    const { lr } = await curves({ runs: [run.id], lr: true });
    expect(lr?.groups[0]).toMatchObject({ label: "constant", mean: [0.1, 0.1, 0.1], declared: true });
  });

  test("one whose rule follows a metric by the rule's replay, as far as it goes; one that logs its LR by that", async () => {
    const schedule = {
      kind: "reduce_on_plateau" as const,
      peak: 0.1,
      monitor: "loss",
      patience: 1,
      factor: 0.5,
    };
    const run = await createRun({ schedule, total_steps: 30 });
    await logValues(run.id, "loss", [1, 1, 1, 1, 1]);
    expect((await curves({ runs: [run.id], lr: true })).lr?.groups[0]?.mean).toEqual([
      0.1, 0.1, 0.1, 0.05, 0.05,
    ]);
    await logValues(run.id, "lr", [0.3, 0.3, 0.3, 0.3, 0.3]);
    const { lr } = await curves({ runs: [run.id], lr: true });
    expect(lr?.groups[0]?.mean[0]).toBeCloseTo(0.3, 12);
    expect(lr?.groups[0]?.declared).toBeUndefined();
  });
});
