import { describe, expect, test } from "vitest";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { evaluateMmcv, mmcvLr } from "@/lib/domain/schedules/mmcv/evaluate";
import { expectGolden, expectInvalid, goldenSchedules, scheduleOf } from "@/tests/support/golden-schedules";

describe("golden", () => {
  test.each(goldenSchedules("mmcv"))("$id", (golden) =>
    expectGolden(evaluateMmcv(scheduleOf(golden)), golden),
  );
});

/** Training of `max_epochs` epochs of `epoch_len` iterations; 2 × 4 unless given. */
const mmcv = (
  hook: string,
  kwargs: Record<string, unknown>,
  epochs = 2,
  epochLength = 4,
): LibrarySchedule => ({
  library: "mmcv",
  constructor: `mmcv.runner.hooks.${hook}LrUpdaterHook`,
  kwargs,
  base_lrs: [1],
  stepping: { mode: "mmcv-iter", max_epochs: epochs, epoch_len: epochLength, count: epochs * epochLength },
});

function expectLrs(schedule: LibrarySchedule, want: readonly number[]) {
  const got = evaluateMmcv(schedule);
  expect(got.raises).toBeUndefined();
  expect(got.lrs_by_group[0]).toHaveLength(want.length);
  want.forEach((lr, i) => expect(got.lrs_by_group[0]![i]).toBeRelativelyClose(lr, 1e-12, 1));
}

const perIter = { by_epoch: false };

describe("hand-computed", () => {
  test("linear warmup of one epoch on a step that halves each epoch: 1 − (1 − i/4)·0.8, then ½", () => {
    const kwargs = {
      step: 1,
      gamma: 0.5,
      warmup: "linear",
      warmup_iters: 1,
      warmup_by_epoch: true,
      warmup_ratio: 0.2,
    };
    expectLrs(mmcv("Step", kwargs), [0.2, 0.4, 0.6, 0.8, 0.5, 0.5, 0.5, 0.5]);
  });

  test("warmup that outlasts the epoch multiplies the decayed LR, it does not delay the decay", () => {
    const kwargs = { step: [1], gamma: 0.5, warmup: "constant", warmup_iters: 6, warmup_ratio: 0.1 };
    expectLrs(mmcv("Step", kwargs), [0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.5, 0.5]);
  });

  test("exponential warmup from ¼ over 2 iterations: ¼, ½, 1", () => {
    const kwargs = { warmup: "exp", warmup_iters: 2, warmup_ratio: 0.25 };
    expectLrs(mmcv("Fixed", kwargs, 1, 4), [0.25, 0.5, 1, 1]);
  });

  test("exponential, inverse and polynomial decay per iteration", () => {
    expectLrs(mmcv("Exp", { ...perIter, gamma: 0.5 }, 1, 3), [1, 0.5, 0.25]);
    expectLrs(mmcv("Inv", { ...perIter, gamma: 1, power: 2 }, 1, 3), [1, 1 / 4, 1 / 9]);
    expectLrs(mmcv("Poly", { ...perIter, power: 2, min_lr: 0.2 }, 1, 2), [1, 0.8 * 0.25 + 0.2]);
  });

  test("min_lr clips a step; an unsorted list counts up to its first entry beyond the epoch", () => {
    expectLrs(mmcv("Step", { step: 1, min_lr: 0.05 }, 3, 1), [1, 0.1, 0.05]);
    expectLrs(mmcv("Step", { step: [3, 1], gamma: 0.5 }, 4, 1), [1, 1, 1, 0.25]);
  });

  test("by epoch the annealing holds through each epoch; per iteration it does not", () => {
    expectLrs(mmcv("LinearAnnealing", { min_lr: 0 }, 2, 2), [1, 1, 0.5, 0.5]);
    expectLrs(mmcv("LinearAnnealing", { ...perIter, min_lr_ratio: 0.2 }, 2, 2), [1, 0.8, 0.6, 0.4]);
    expectLrs(mmcv("CosineAnnealing", { ...perIter, min_lr: 0 }, 1, 2), [1, 0.5]);
  });

  test("flat cosine: round(0.5·5) = 2 goes to the even side, so iterations 0 and 1 are flat", () => {
    const third = 0.5 * (1 + Math.cos(Math.PI / 3));
    const want = [1, 1, 1, third, 1 - third];
    expectLrs(mmcv("FlatCosineAnnealing", { ...perIter, min_lr: 0, start_percent: 0.5 }, 1, 5), want);
  });

  test("cosine restarts of 2 and 2 iterations, the second half as high", () => {
    const kwargs = { ...perIter, periods: [2, 2], restart_weights: [1, 0.5], min_lr: 0 };
    expectLrs(mmcv("CosineRestart", kwargs, 1, 4), [1, 0.5, 0.5, 0.25]);
  });

  test("cyclic, linear, up to 5 in 2 of 4 iterations and down to ½; gamma halves the second rise", () => {
    const kwargs = {
      target_ratio: [5, 0.5],
      cyclic_times: 2,
      step_ratio_up: 0.5,
      gamma: 0.5,
      anneal_strategy: "linear",
    };
    expectLrs(mmcv("Cyclic", kwargs), [1, 3, 5, 2.75, 1, 2, 3, 1.75]);
  });

  test("cyclic without a rise: mmcv scales the lower end instead of the peak", () => {
    const kwargs = {
      target_ratio: [4, 2],
      cyclic_times: 2,
      step_ratio_up: 0,
      gamma: 0.5,
      anneal_strategy: "linear",
    };
    expectLrs(mmcv("Cyclic", kwargs, 1, 4), [4, 3, 4, 2.75]);
  });

  test("one target ratio stands for itself and 1e-5 of it", () => {
    const kwargs = { target_ratio: 10, anneal_strategy: "linear", step_ratio_up: 0.5 };
    expectLrs(mmcv("Cyclic", kwargs, 1, 4), [1, 5.5, 10, (10 + 1e-4) / 2]);
    expectLrs(mmcv("Cyclic", { ...kwargs, target_ratio: [10] }, 1, 4), [1, 5.5, 10, (10 + 1e-4) / 2]);
  });

  test("one-cycle, linear, over 11 steps: ¼ → 1 by step 0.3·11 − 1 = 2.3, ignoring the optimizer's LR", () => {
    const kwargs = {
      max_lr: 1,
      total_steps: 11,
      div_factor: 4,
      final_div_factor: 1,
      anneal_strategy: "linear",
    };
    const down = (step: number) => 1 - (0.75 * (step - 2.3)) / 7.7;
    const want = [0.25, 0.25 + 0.75 / 2.3, 0.25 + 1.5 / 2.3, down(3), down(4)];
    expectLrs({ ...mmcv("OneCycle", kwargs, 1, 5), base_lrs: [123] }, want);
  });

  test("one-cycle takes a maximum per group", () => {
    const schedule = { ...mmcv("OneCycle", { max_lr: [1, 2], div_factor: 4 }), base_lrs: [0.1, 0.1] };
    const lr = mmcvLr(schedule)(0);
    expect(lr[0]).toBeCloseTo(0.25, 12);
    expect(lr[1]).toBeCloseTo(0.5, 12);
  });
});

describe("what Python raises", () => {
  const annealing = { min_lr: 0 };
  test.each([
    ["Fixed", { warmup: "cosine", warmup_iters: 3 }, "ValueError"],
    ["Fixed", { warmup: "linear" }, "AssertionError"],
    ["Fixed", { warmup: "linear", warmup_iters: 3, warmup_ratio: 0 }, "AssertionError"],
    ["Step", { step: 0 }, "AssertionError"],
    ["Step", { step: [1, 0] }, "AssertionError"],
    ["CosineAnnealing", {}, "AssertionError"],
    ["CosineAnnealing", { min_lr: 0, min_lr_ratio: 0 }, "AssertionError"],
    ["FlatCosineAnnealing", { ...annealing, start_percent: 1.5 }, "ValueError"],
    ["CosineRestart", { ...annealing, periods: [1, 2] }, "AssertionError"],
    ["Cyclic", { by_epoch: true }, "AssertionError"],
    ["Cyclic", { target_ratio: [1, 2, 3] }, "AssertionError"],
    ["Cyclic", { step_ratio_up: 1 }, "AssertionError"],
    ["Cyclic", { anneal_strategy: "exp" }, "ValueError"],
    ["Cyclic", { cyclic_times: 0 }, "ZeroDivisionError"],
    ["OneCycle", { max_lr: 1, by_epoch: true }, "AssertionError"],
    ["OneCycle", { max_lr: 1, pct_start: 2 }, "ValueError"],
    ["OneCycle", { max_lr: 1, total_steps: 3 }, "ValueError"],
    ["OneCycle", { max_lr: [1, 2] }, "ValueError"],
    ["OneCycle", { max_lr: 1, div_factor: 0 }, "ZeroDivisionError"],
    ["OneCycle", { max_lr: 1, final_div_factor: 0 }, "ZeroDivisionError"],
  ])("%s(%j): %s before the first iteration", (hook, kwargs, type) => {
    expect(evaluateMmcv(mmcv(hook, kwargs))).toMatchObject({
      lrs_by_group: [[]],
      raises: { at: "construct", type },
    });
  });

  test("training outlasts the restart periods", () => {
    const got = evaluateMmcv(mmcv("CosineRestart", { by_epoch: false, periods: [3], min_lr: 0 }, 1, 8));
    expect(got.lrs_by_group[0]).toHaveLength(3);
    expect(got.raises).toMatchObject({ at: "step", call_index: 3, type: "ValueError" });
  });

  test("one-cycle with pct_start·N = 1 divides by zero at once", () => {
    const got = evaluateMmcv(mmcv("OneCycle", { max_lr: 1, pct_start: 0.125 }));
    expect(got.raises).toMatchObject({ at: "step", call_index: 0, type: "ZeroDivisionError" });
  });

  test("more cycles than iterations divide by zero at once", () => {
    const got = evaluateMmcv(mmcv("Cyclic", { cyclic_times: 9 }));
    expect(got.raises).toMatchObject({ at: "step", call_index: 0, type: "ZeroDivisionError" });
  });
});

describe("bad declarations", () => {
  test.each([
    ["schedule.constructor", mmcv("Cosine", {})],
    ["schedule.kwargs.gama", mmcv("Exp", { gama: 0.5 })],
    ["schedule.kwargs.gamma", mmcv("Exp", {})],
    ["schedule.kwargs.step", mmcv("Step", { step: 1.5 })],
    ["schedule.kwargs.warmup_iters", mmcv("Fixed", { warmup: "linear", warmup_iters: 1.5 })],
    ["schedule.kwargs.periods", mmcv("CosineRestart", { periods: 3, min_lr: 0 })],
    ["schedule.base_lrs", { ...mmcv("Fixed", {}), base_lrs: undefined }],
    ["schedule.stepping", { ...mmcv("Fixed", {}), stepping: { mode: "eval" as const, count: 3 } }],
  ])("%s", (path, schedule) => expectInvalid(() => evaluateMmcv(schedule), path));
});
