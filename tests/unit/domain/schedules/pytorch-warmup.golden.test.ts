import { describe, expect, test } from "vitest";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { evaluatePytorchWarmup, pytorchWarmupLr } from "@/lib/domain/schedules/pytorch-warmup/evaluate";
import { expectGolden, expectInvalid, goldenSchedules, scheduleOf } from "@/tests/support/golden-schedules";

/** Golden README section 3: cancellation in rho. */
const toleranceOf = (constructor: string) => (constructor.endsWith("RAdamWarmup") ? 1e-11 : 1e-12);

describe("golden", () => {
  test.each(goldenSchedules("pytorch_warmup"))("$id", (golden) => {
    expectGolden(evaluatePytorchWarmup(scheduleOf(golden)), golden, toleranceOf(golden.spec.constructor));
  });
});

type Fields = Partial<Omit<LibrarySchedule, "constructor">>;

const warmup = (fields: Fields, constructor = "LinearWarmup"): LibrarySchedule => ({
  library: "pytorch_warmup",
  constructor,
  kwargs: { warmup_period: 4 },
  base_lrs: [0.1],
  stepping: { mode: "dampening", count: 6 },
  ...fields,
});

const run = (fields: Fields, constructor?: string) => evaluatePytorchWarmup(warmup(fields, constructor));
const stepLr = (kwargs: Record<string, unknown>) => ({
  constructor: "torch.optim.lr_scheduler.StepLR",
  kwargs,
});

function expectLrs(got: readonly number[] | undefined, want: readonly number[]) {
  expect(got).toHaveLength(want.length);
  want.forEach((lr, i) => expect(got![i]).toBeRelativelyClose(lr, 1e-12, 0.1));
}

describe("hand-computed", () => {
  test("one period per group: 1/2 and 1/4 of the base in the first iteration", () => {
    const { lrs_by_group } = run({ base_lrs: [0.1, 0.2], kwargs: { warmup_period: [2, 4] } });
    expectLrs(lrs_by_group[0], [0.05, 0.1, 0.1, 0.1, 0.1, 0.1]);
    expectLrs(lrs_by_group[1], [0.05, 0.1, 0.15, 0.2, 0.2, 0.2]);
  });

  test("last_step 1 resumes at the third iteration: factors 3/4, 1, 1, …", () => {
    const { lrs_by_group } = run({ kwargs: { warmup_period: 4, last_step: 1 } });
    expectLrs(lrs_by_group[0], [0.075, 0.1, 0.1, 0.1, 0.1, 0.1]);
  });

  test("the inner StepLR(1, 0.5) halves every iteration, warmup or not", () => {
    const { lrs_by_group } = run({ lr_scheduler: stepLr({ step_size: 1, gamma: 0.5 }) });
    expectLrs(lrs_by_group[0], [0.025, 0.025, 0.01875, 0.0125, 0.00625, 0.003125]);
  });

  test("delay: with period 4 the inner scheduler takes its first step after iteration 3", () => {
    const { lrs_by_group } = run({ lr_scheduler: stepLr({ step_size: 1, gamma: 0.5 }), delay: true });
    expectLrs(lrs_by_group[0], [0.025, 0.05, 0.075, 0.1, 0.05, 0.025]);
  });

  test("an untuned warmup's delay is its own period, trunc(1/(1 − 0.75)) = 4", () => {
    const inner = stepLr({ step_size: 1, gamma: 0.5 });
    const fields = { kwargs: {}, beta2: 0.75, delay: true, lr_scheduler: inner };
    const { lrs_by_group } = run(fields, "UntunedExponentialWarmup");
    const omega = (step: number) => 1 - Math.exp(-(step + 1) / 4);
    expectLrs(
      lrs_by_group[0],
      [0.1, 0.1, 0.1, 0.1, 0.05, 0.025].map((lr, step) => lr * omega(step)),
    );
  });

  test("beta2 is Adam's 0.999 by default, a linear period of 1999: 2/(1 − 0.999) falls short of 2000 in binary", () => {
    const { lrs_by_group } = run({ kwargs: {} }, "UntunedLinearWarmup");
    expectLrs(
      lrs_by_group[0],
      [1, 2, 3, 4, 5, 6].map((n) => (0.1 * n) / 1999),
    );
  });

  test("RAdam's factor rises towards 1", () => {
    const lr = pytorchWarmupLr(warmup({ kwargs: {}, beta2: 0.9 }, "RAdamWarmup"));
    const factors = [0, 1, 10, 100, 1000].map((t) => lr(t)[0]! / 0.1);
    expect(factors).toEqual([...factors].sort((a, b) => a - b));
    expect(factors[0]).toBeGreaterThan(0);
    expect(factors.at(-1)).toBeCloseTo(1, 10);
  });

  test("the curve answers in any order", () => {
    const lr = pytorchWarmupLr(warmup({ lr_scheduler: stepLr({ step_size: 1, gamma: 0.5 }) }));
    expectLrs([lr(5)[0]!, lr(0)[0]!, lr(3)[0]!], [0.003125, 0.025, 0.0125]);
  });
});

describe("what Python raises", () => {
  test.each([
    ["a period of 0", "LinearWarmup", { kwargs: { warmup_period: 0 } }],
    ["too few periods", "ExponentialWarmup", { base_lrs: [0.1, 0.1], kwargs: { warmup_period: [3] } }],
    ["a beta2 that RAdam cannot use", "RAdamWarmup", { kwargs: {}, beta2: 0.6 }],
    ["a beta2 that Adam refuses", "UntunedLinearWarmup", { kwargs: {}, beta2: 1 }],
  ])("%s, %s: ValueError at construction", (_, constructor, fields: Fields) => {
    expect(run(fields, constructor).raises).toMatchObject({ at: "construct", type: "ValueError" });
  });

  test("the inner OneCycleLR of 3 steps refuses its fourth: the LRs before it are kept", () => {
    const oneCycle = { constructor: "OneCycleLR", kwargs: { max_lr: 0.1, total_steps: 3 } };
    const got = run({ lr_scheduler: oneCycle });
    expect(got.lrs_by_group[0]).toHaveLength(4);
    expect(got.raises).toMatchObject({ at: "step", call_index: 3, type: "ValueError" });
  });
});

describe("bad declarations", () => {
  const invalid: [path: string, fields: Fields, constructor?: string][] = [
    ["schedule.constructor", {}, "CosineWarmup"],
    ["schedule.kwargs.warmup_period", { kwargs: {} }],
    ["schedule.kwargs.warmup_period", { kwargs: { warmup_period: 2.5 } }],
    ["schedule.kwargs.period", { kwargs: { warmup_period: 2, period: 3 } }],
    ["schedule.lr_scheduler.constructor", { lr_scheduler: { constructor: "NoLR", kwargs: {} } }],
    ["schedule.lr_scheduler.kwargs.gama", { lr_scheduler: stepLr({ step_size: 1, gama: 0.5 }) }],
    ["schedule.delay", { kwargs: {}, delay: true }, "RAdamWarmup"],
    ["schedule.base_lrs", { base_lrs: undefined }],
    ["schedule.stepping", { stepping: { mode: "eval", count: 3 } }],
  ];
  test.each(invalid)("%s", (path, fields, constructor) =>
    expectInvalid(() => run(fields, constructor), path),
  );
});
