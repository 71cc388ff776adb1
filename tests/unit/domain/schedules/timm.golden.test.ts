import { describe, expect, test } from "vitest";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { evaluateTimm, timmCycleLength, timmLr } from "@/lib/domain/schedules/timm/evaluate";
import { expectGolden, expectInvalid, goldenSchedules, scheduleOf } from "@/tests/support/golden-schedules";

const cases = goldenSchedules("timm");

describe("golden", () => {
  test.each(cases)("$id", (golden) => expectGolden(evaluateTimm(scheduleOf(golden)), golden));

  const cyclic = cases.filter((golden) => golden.cycle_length !== undefined);
  test.each(cyclic)("cycle_length of $id", (golden) => {
    expect(timmCycleLength(scheduleOf(golden))).toBe(golden.cycle_length);
  });

  test("the log-boundary case's sensitive step 121 is among the compared ones", () => {
    const golden = cases.find(({ id }) => id === "timm/CosineLRScheduler/020")!;
    expect(timmLr(scheduleOf(golden))(121)[0]).toBe(golden.lrs![121]);
  });
});

const timm = (
  constructor: string,
  kwargs: Record<string, unknown>,
  fields: Partial<Omit<LibrarySchedule, "constructor">> = {},
) => ({
  library: "timm" as const,
  constructor,
  kwargs,
  base_lrs: [1],
  stepping: { mode: "timm-epoch" as const, count: 6 },
  ...fields,
});

const lrsOf = (schedule: LibrarySchedule) => evaluateTimm(schedule).lrs_by_group[0]!;

function expectLrs(got: readonly number[], want: readonly number[]) {
  expect(got).toHaveLength(want.length);
  want.forEach((lr, i) => expect(got[i]).toBeRelativelyClose(lr, 1e-12, 1));
}

describe("hand-computed", () => {
  test("cosine over 4: 1, ½(1+cos 45°), ½, ½(1+cos 135°), then lr_min", () => {
    const half = Math.SQRT1_2 / 2;
    expectLrs(lrsOf(timm("CosineLRScheduler", { t_initial: 4 })), [1, 0.5 + half, 0.5, 0.5 - half, 0, 0]);
  });

  test("warmup without prefix: up to 2/2 of the line, then the cosine at position 2", () => {
    const kwargs = { t_initial: 4, warmup_t: 2 };
    expectLrs(lrsOf(timm("CosineLRScheduler", kwargs)).slice(0, 4), [0, 0.5, 0.5, 0.5 - Math.SQRT1_2 / 2]);
  });

  test("warmup with prefix: the cosine starts at its top after the warmup", () => {
    const kwargs = { t_initial: 4, warmup_t: 2, warmup_prefix: true };
    const want = [0, 0.5, 1, 0.5 + Math.SQRT1_2 / 2, 0.5, 0.5 - Math.SQRT1_2 / 2];
    expectLrs(lrsOf(timm("timm.scheduler.CosineLRScheduler", kwargs)), want);
  });

  test("poly with power 1 is a line; cycles of 2, 4 at heights 1, ½", () => {
    const kwargs = { t_initial: 2, power: 1, cycle_mul: 2, cycle_decay: 0.5, cycle_limit: 2 };
    expectLrs(lrsOf(timm("PolyLRScheduler", kwargs)), [1, 0.5, 0.5, 0.375, 0.25, 0.125]);
  });

  test("before any call Tanh holds the base LR, which its curve never reaches", () => {
    const lr = timmLr(timm("TanhLRScheduler", { t_initial: 10, lb: 0, ub: 2 }));
    expect(lr(0)).toEqual([1]);
    expect(lr(5)[0]).toBeRelativelyClose(0.5 * (1 - Math.tanh(1)), 1e-12);
  });

  test("StepLR by 2 drops at 2 and 4; MultiStep [2, 4] one step earlier", () => {
    const decay = { decay_rate: 0.5 };
    expectLrs(lrsOf(timm("StepLRScheduler", { decay_t: 2, ...decay })), [1, 1, 0.5, 0.5, 0.25, 0.25]);
    expectLrs(
      lrsOf(timm("MultiStepLRScheduler", { decay_t: [2, 4], ...decay })),
      [1, 0.5, 0.5, 0.25, 0.25, 0.25],
    );
  });

  test("lr_scale multiplies each group, the constructor's value included", () => {
    const schedule = timm("StepLRScheduler", { decay_t: 2 }, { base_lrs: [1, 0.5], lr_scale: [0.1, 1] });
    expect(timmLr(schedule)(0)).toEqual([0.1, 0.5]);
    expect(timmLr(schedule)(7)).toEqual([0.1, 0.5]);
  });

  test("step() leaves a schedule in updates alone, and step_update() one in epochs", () => {
    const inUpdates = timm("StepLRScheduler", { decay_t: 1, decay_rate: 0.5, t_in_epochs: false });
    expect(lrsOf(inUpdates)).toEqual([1, 1, 1, 1, 1, 1]);
    const stepping = { mode: "timm-update" as const, count: 3 };
    expect(lrsOf({ ...inUpdates, stepping })).toEqual([1, 0.5, 0.25]);
    expect(lrsOf(timm("StepLRScheduler", { decay_t: 1, decay_rate: 0.5 }, { stepping }))).toEqual([1, 1, 1]);
    expect(timmLr({ ...inUpdates, stepping: { unit: "step" } })(2)).toEqual([0.25]);
  });

  test("two cycles of 10 and 30 are 40 long, 45 with a prefixed warmup of 5; StepLR has no cycles", () => {
    const kwargs = { t_initial: 10, cycle_mul: 3, cycle_limit: 2, warmup_t: 5 };
    expect(timmCycleLength(timm("CosineLRScheduler", kwargs))).toBe(40);
    expect(timmCycleLength(timm("CosineLRScheduler", { ...kwargs, warmup_prefix: true }))).toBe(45);
    expect(timmCycleLength(timm("CosineLRScheduler", kwargs), 1)).toBe(10);
    expect(timmCycleLength(timm("StepLRScheduler", { decay_t: 3 }))).toBeNull();
  });
});

describe("what Python raises", () => {
  test.each([
    ["CosineLRScheduler", { t_initial: 0 }],
    ["PolyLRScheduler", { t_initial: -1 }],
    ["CosineLRScheduler", { t_initial: 5, lr_min: -0.1 }],
    ["TanhLRScheduler", { t_initial: 5, lb: 3, ub: 3 }],
    ["TanhLRScheduler", { t_initial: 5, warmup_t: -1 }],
    ["TanhLRScheduler", { t_initial: 5, warmup_lr_init: -1 }],
    ["TanhLRScheduler", { t_initial: 5, cycle_limit: -1 }],
  ])("%s(%j): AssertionError at construction", (constructor, kwargs) => {
    const got = evaluateTimm(timm(constructor, kwargs));
    expect(got).toMatchObject({ lrs_by_group: [[]], raises: { at: "construct", type: "AssertionError" } });
  });

  test("decay_t 0 divides by zero in the first call; the constructor's LR is kept", () => {
    const got = evaluateTimm(timm("StepLRScheduler", { decay_t: 0 }));
    expect(got).toMatchObject({ lrs_by_group: [[1]], raises: { call_index: 0, type: "ZeroDivisionError" } });
  });

  test("shrinking cycles of 2, 1, ½ … end at 4: there the logarithm leaves its domain", () => {
    const got = evaluateTimm(timm("CosineLRScheduler", { t_initial: 2, cycle_mul: 0.5, cycle_limit: 9 }));
    expect(got.lrs_by_group[0]).toHaveLength(4);
    expect(got.raises).toMatchObject({ at: "step", call_index: 3, type: "ValueError" });
  });
});

describe("bad declarations", () => {
  test.each([
    ["schedule.constructor", timm("CosineLR", { t_initial: 5 })],
    ["schedule.kwargs.t_initial", timm("CosineLRScheduler", {})],
    ["schedule.kwargs.t_initial", timm("CosineLRScheduler", { t_initial: "5" })],
    ["schedule.kwargs.decay_rat", timm("StepLRScheduler", { decay_t: 3, decay_rat: 0.1 })],
    ["schedule.kwargs.power", timm("CosineLRScheduler", { t_initial: 5, power: 2 })],
    ["schedule.kwargs.decay_t", timm("MultiStepLRScheduler", { decay_t: 3 })],
    ["schedule.kwargs.noise_range_t", timm("StepLRScheduler", { decay_t: 3, noise_range_t: 10 })],
    ["schedule.lr_scale", timm("StepLRScheduler", { decay_t: 3 }, { lr_scale: [1, 2] })],
    ["schedule.base_lrs", timm("StepLRScheduler", { decay_t: 3 }, { base_lrs: undefined })],
    ["schedule.stepping", timm("StepLRScheduler", { decay_t: 3 }, { stepping: undefined })],
  ])("%s", (path, schedule) => expectInvalid(() => evaluateTimm(schedule), path));
});
