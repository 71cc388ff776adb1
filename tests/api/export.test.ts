import { describe, expect, test } from "vitest";
import * as adviseRoute from "@/app/api/v1/schedules/advise/route";
import * as exportRoute from "@/app/api/v1/schedules/export/route";
import * as api from "@/lib/contracts/endpoints/schedules";
import { call, ok, freshDatabase } from "@/tests/support/api";

freshDatabase();

const COSINE = { kind: "cosine", peak: 0.1, floor: 0, steps: 100 };

describe("POST /schedules/export", () => {
  test.each(["torch", "transformers", "timm", "keras", "optax", "json"])("%s", async (target) => {
    const body = { schedule: COSINE, target };
    const { code, exact, stepping } = await ok(exportRoute.POST, api.exportSchedule, { body });
    expect(code).toMatch(target === "json" ? /"kind": "cosine"/ : /^(import|from) /);
    expect({ exact, stepping }).toEqual({ exact: true, stepping: "step" });
  });

  test("counts epochs in steps when their number is given", async () => {
    const schedule = {
      library: "torch",
      constructor: "StepLR",
      kwargs: { step_size: 2 },
      base_lrs: [0.1],
      stepping: { unit: "epoch" },
    };
    const body = { schedule, target: "optax", steps_per_epoch: 50 };
    const { code, exact } = await ok(exportRoute.POST, api.exportSchedule, { body });
    expect(code).toContain("50");
    expect(exact).toBe(true);
  });

  test.each([
    ["an unknown target", { schedule: COSINE, target: "mxnet" }, "target"],
    [
      "a schedule that is none",
      { schedule: { kind: "cosine", peak: -1, floor: 0, steps: 5 }, target: "torch" },
      "schedule.peak",
    ],
    [
      "a wrong argument",
      {
        schedule: { library: "torch", constructor: "StepLR", kwargs: { step: 3 }, base_lrs: [1] },
        target: "torch",
      },
      "schedule.kwargs.step",
    ],
    [
      "a missing length",
      {
        schedule: { library: "fastai", constructor: "fit_one_cycle", kwargs: { lr_max: 0.1 } },
        target: "torch",
      },
      "total_steps",
    ],
    ["an unknown field", { schedule: COSINE, target: "torch", style: "black" }, "style"],
  ])("refuses %s", async (_, body, field) => {
    const answer = await call(exportRoute.POST, api.exportSchedule, { body });
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(answer.problem?.invalid_params?.[0]?.name).toBe(field);
  });
});

describe("POST /schedules/advise", () => {
  const QUESTION = {
    architecture: "cnn",
    optimizer: "sgd",
    batch_size: 256,
    data_size: 50_000,
    budget: { epochs: 90 },
  };

  test("ranks schedules that can be exported as they are", async () => {
    const { suggestions, peak_lr, total_steps } = await ok(adviseRoute.POST, api.adviseSchedules, {
      body: QUESTION,
    });
    expect(total_steps).toBe(90 * 196);
    expect(peak_lr.value).toBe(0.1);
    for (const { schedule } of suggestions) {
      await ok(exportRoute.POST, api.exportSchedule, { body: { schedule, target: "torch" } });
    }
  });

  test("warns about a planned T_max that is too short", async () => {
    const body = { ...QUESTION, plan: { decay_steps: 1000, warmup_steps: 100 } };
    const { warnings } = await ok(adviseRoute.POST, api.adviseSchedules, { body });
    expect(warnings.map(({ code }) => code)).toContain("decay_too_short");
  });

  test.each([
    ["an unknown optimizer", { ...QUESTION, optimizer: "magic" }, "optimizer"],
    ["a batch of nothing", { ...QUESTION, batch_size: 0 }, "batch_size"],
    ["both kinds of budget", { ...QUESTION, budget: { epochs: 1, steps: 1 } }, "budget"],
    [
      "a plan that is no schedule",
      {
        ...QUESTION,
        plan: { schedule: { library: "torch", constructor: "StepLR", kwargs: {}, base_lrs: [1] } },
      },
      "plan.schedule.kwargs.step_size",
    ],
  ])("refuses %s", async (_, body, field) => {
    const answer = await call(adviseRoute.POST, api.adviseSchedules, { body });
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(answer.problem?.invalid_params?.[0]?.name).toBe(field);
  });
});
