import { describe, expect, test } from "vitest";
import * as route from "@/app/api/v1/runs/[run_id]/plateau/backtest/route";
import { backtestRun } from "@/lib/contracts/endpoints/backtest";
import { call, freshDatabase, ok } from "@/tests/support/api";
import { dump } from "@/tests/support/dump";
import { refusedFields } from "@/tests/support/problem";
import { createRun, log, logValues, plateauOf } from "@/tests/support/seed";

freshDatabase();

const torch = { metric: "loss", detector: "torch", mode: "min", patience: 2, factor: 0.5 } as const;
const trend = {
  metric: "loss",
  detector: "trend",
  mode: "min",
  window: 10,
  patience: 2,
  factor: 0.5,
} as const;

const backtest = (run_id: string, body: object) => ok(route.POST, backtestRun, { params: { run_id }, body });
const refused = (run_id: string, body: object) => call(route.POST, backtestRun, { params: { run_id }, body });

/** Falls for 40 checks, then stands. */
const KNEE = Array.from({ length: 120 }, (_, i) => Math.max(1, 3 - i / 20));

async function kneeRun() {
  const run = await createRun();
  await logValues(run.id, "loss", KNEE);
  await log(run.id, { points: [{ step: 0, metrics: { lr: 0.1 } }] });
  return run;
}

describe("a stored run", () => {
  test("tells when each policy would have fired, how late that was, and which LRs it would have asked for", async () => {
    const run = await kneeRun();
    const { base_lr, policies, sweep } = await backtest(run.id, { policies: [torch, trend] });
    expect({ base_lr, sweep }).toEqual({ base_lr: 0.1, sweep: null });
    const [first, second] = policies;
    expect(first).toMatchObject({ metric: "loss", checks: 120, early: 0, stall: { step: 40, check: 40 } });
    expect(first?.firings.slice(0, 2)).toMatchObject([
      { step: 43, since_step: 40, lr: 0.05 },
      { step: 46, since_step: 40, lr: 0.025 },
    ]);
    expect(first).toMatchObject({ count: 26, first_step: 43, delay_steps: 3, delay_checks: 3 });
    expect(second?.firings[0]?.message).toContain("Over the last 10 checks loss");
    expect(second?.description).toContain("(the trend rule)");
  });

  test("is what the same policy does while the run is logged", async () => {
    const run = await createRun({ plateau: [torch, trend] });
    await logValues(run.id, "loss", [...KNEE, Number.MAX_VALUE, 0.5, 0.4]);
    const { policies } = await backtest(run.id, { policies: [torch, trend] });
    const live = await plateauOf(run.id);
    expect(policies.map(({ firings }) => firings.map(({ step }) => step))).toEqual(
      live.map(({ fired }) => fired.map(({ step }) => step)),
    );
  });

  test("changes nothing", async () => {
    const run = await kneeRun();
    const before = await dump();
    await backtest(run.id, { policies: [torch] });
    expect(await dump()).toEqual(before);
  });

  test("takes the latest value of each step, also where a step lies on two pages", async () => {
    const run = await createRun();
    const values = Array.from({ length: 2100 }, (_, i) => (i < 1999 ? 9 - i / 1000 : 1));
    await logValues(run.id, "loss", values);
    await log(run.id, { points: [{ step: 1999, time: 2e9, metrics: { loss: 0.5 } }] });
    const [result] = (await backtest(run.id, { policies: [{ ...torch, patience: 50 }] })).policies;
    expect(result).toMatchObject({ checks: 2100, first_step: 2050 });
    expect(result?.firings[0]).toMatchObject({ since_step: 1999 });
  });

  test("values that are not finite, and a run without an LR", async () => {
    const run = await createRun();
    const points = Array.from({ length: 30 }, (_, step) => ({
      step,
      metrics: { loss: step % 3 ? 1 : ("NaN" as const) },
    }));
    await log(run.id, { points });
    const { base_lr, policies } = await backtest(run.id, { policies: [trend] });
    expect(base_lr).toBeNull();
    expect(policies[0]).toMatchObject({ checks: 30, count: 5, stall: { step: 1, check: 1 } });
    expect(policies[0]?.firings[0]?.lr).toBe(0.5);
  });
});

describe("a sweep", () => {
  test("is a grid of patience by threshold, each cell what the policy itself would do", async () => {
    const run = await kneeRun();
    const axes = { patience: [2, 5, 200], threshold: [0, 0.01] };
    const { sweep } = await backtest(run.id, { policies: [trend, torch], sweep: { policy: 1, ...axes } });
    expect(sweep).toMatchObject({ policy: 1, ...axes });
    for (const [p, patience] of axes.patience.entries()) {
      for (const [t, threshold] of axes.threshold.entries()) {
        const [alone] = (await backtest(run.id, { policies: [{ ...torch, patience, threshold }] })).policies;
        const { count, first_step, early, delay_steps, delay_checks } = alone!;
        expect(sweep?.cells[p]?.[t]).toEqual({ count, first_step, early, delay_steps, delay_checks });
      }
    }
    expect(sweep?.cells[2]?.[0]).toMatchObject({ count: 0, first_step: null });
  });

  test("that would take too long is refused", async () => {
    const run = await createRun();
    const points = Array.from({ length: 3000 }, (_, step) => ({ step, metrics: { loss: 1 } }));
    await log(run.id, { points });
    const twelve = Array.from({ length: 12 }, (_, i) => i + 1);
    const answer = await refused(run.id, {
      policies: [{ ...trend, window: 100 }],
      sweep: { patience: twelve, threshold: twelve },
    });
    expect(answer).toMatchProblem(422, "invalid_parameters");
    // 145 rules, each check of which costs 1 and a fifth of 100.
    expect(answer.problem?.detail).toContain("9135000 checks");
    expect(refusedFields(answer)).toEqual(["sweep"]);
  });
});

describe("refusals", () => {
  test.each([
    ["an unknown detector", { policies: [{ metric: "loss", detector: "x" }] }, ["policies[0].detector"]],
    ["a wrong option", { policies: [torch, { ...trend, window: 0 }] }, ["policies[1].window"]],
    ["a metric that was not logged", { policies: [{ ...torch, metric: "other" }] }, ["policies[0].metric"]],
    [
      "floors that do not fit",
      {
        policies: [
          { metric: "loss", constructor: "ReduceLROnPlateau", config: { min_lr: [0, 0] }, base_lrs: [1] },
        ],
      },
      ["policies[0].min_lr"],
    ],
    [
      "no such policy",
      { policies: [torch], sweep: { policy: 1, patience: [1], threshold: [0] } },
      ["sweep.policy"],
    ],
    [
      "a sweep the rule refuses",
      { policies: [trend], sweep: { patience: [0], threshold: [0] } },
      ["sweep.patience"],
    ],
    ["no policy", { policies: [] }, ["policies"]],
    ["an unknown field", { policies: [torch], speed: 1 }, ["speed"]],
  ])("%s", async (_, body, fields) => {
    const run = await createRun();
    await logValues(run.id, "loss", [1, 1, 1]);
    const answer = await refused(run.id, body);
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)).toEqual(fields);
  });

  test("a run that is not there", async () => {
    expect(await refused("nowhere", { policies: [torch] })).toMatchProblem(404, "not_found");
  });
});
