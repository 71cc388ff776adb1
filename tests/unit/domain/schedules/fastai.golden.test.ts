import { describe, expect, test } from "vitest";
import { evaluateFastai, fastaiLr } from "@/lib/domain/schedules/fastai/evaluate";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { expectGolden, expectInvalid, goldenSchedules, scheduleOf } from "@/tests/support/golden-schedules";

describe("golden", () => {
  test.each(goldenSchedules("fastai"))("$id", (golden) =>
    expectGolden(evaluateFastai(scheduleOf(golden)), golden),
  );
});

const fastai = (constructor: string, kwargs: Record<string, unknown>, total = 4): LibrarySchedule => ({
  library: "fastai",
  constructor: `fastai.${constructor}`,
  kwargs,
  stepping: { mode: "eval-pos", count: total, total },
});

function expectLrs(schedule: LibrarySchedule, want: readonly number[], group = 0) {
  const got = evaluateFastai(schedule);
  expect(got.raises).toBeUndefined();
  expect(got.lrs_by_group[group]).toHaveLength(want.length);
  want.forEach((lr, i) => expect(got.lrs_by_group[group]![i]).toBeRelativelyClose(lr, 1e-12, 1));
}

const ends = { start: 1, end: 0.0625 };

describe("hand-computed", () => {
  test("the four curves and the constant at 0, ¼, ½, ¾ between 1 and 1/16", () => {
    const lerp = (p: number) => 1 - 0.9375 * p;
    const quarter = 0.5 - Math.SQRT1_2 / 2;
    expectLrs(fastai("SchedLin", ends), [0, 0.25, 0.5, 0.75].map(lerp));
    expectLrs(fastai("SchedCos", ends), [0, quarter, 0.5, 1 - quarter].map(lerp));
    expectLrs(fastai("SchedExp", ends), [1, 0.5, 0.25, 0.125]);
    expectLrs(fastai("SchedPoly", { ...ends, power: 2 }), [0, 0.0625, 0.25, 0.5625].map(lerp));
    expectLrs(fastai("SchedNo", ends), [1, 1, 1, 1]);
  });

  test("fit_one_cycle: peak at pct_start = ½, half-way up (1 + ½)/2 at ¼; arguments that do not matter are taken", () => {
    const kwargs = {
      n_epoch: 3,
      lr_max: 1,
      div: 2,
      div_final: 10,
      pct_start: 0.5,
      wd: 0.1,
      moms: [0.9, 0.8, 0.9],
    };
    expectLrs(fastai("fit_one_cycle", kwargs), [0.5, 0.75, 1, 0.55]);
  });

  test("lr_max may list one LR per group", () => {
    const schedule = fastai("fit_one_cycle", { lr_max: [1, 10], div: 2, div_final: 10, pct_start: 0.5 });
    expectLrs(schedule, [0.5, 0.75, 1, 0.55], 0);
    expectLrs(schedule, [5, 7.5, 10, 5.5], 1);
  });

  test("fit_flat_cos is flat for pct_start, then half-way down at half the rest", () => {
    expectLrs(fastai("fit_flat_cos", { lr: 1, div_final: 10, pct_start: 0.5 }), [1, 1, 1, 0.55]);
  });

  test("fit_sgdr of cycles 1 and 3: restart at ¼, then a third of the way down per batch", () => {
    const kwargs = { n_cycles: 2, cycle_len: 1, cycle_mult: 3, lr_max: 1 };
    const lr = fastaiLr(fastai("fit_sgdr", kwargs));
    expect(lr(1)[0]).toBe(1);
    expect(lr(2)[0]).toBeCloseTo(0.75, 6);
    expect(lr(3)[0]).toBeCloseTo(0.25, 6);
  });

  test("combined_cos over ½ and ½: start, middle, end", () => {
    const kwargs = { pct: 0.5, start: 0, middle: 1, end: 0.5 };
    expectLrs(fastai("combined_cos", kwargs), [0, 0.5, 1, 0.75]);
  });

  test("a first phase of no length is skipped", () => {
    expectLrs(fastai("fit_flat_cos", { lr: 1, div_final: 10, pct_start: 0 }, 2), [1, 0.55]);
  });
});

describe("what Python raises", () => {
  test.each([
    ["fit_one_cycle", { lr_max: 1, pct_start: 1.5 }, "AssertionError"],
    ["fit_one_cycle", { lr_max: 1, pct_start: -0.5 }, "AssertionError"],
    ["fit_sgdr", { lr_max: 1, n_cycles: 2, cycle_len: 1, cycle_mult: 1 }, "ZeroDivisionError"],
    ["fit_sgdr", { lr_max: 1, n_cycles: 3, cycle_len: 1, cycle_mult: 1.5 }, "AssertionError"],
    ["fit_sgdr", { lr_max: 1, n_cycles: 0, cycle_len: 1 }, "AssertionError"],
  ])("%s(%j): %s at construction", (constructor, kwargs, type) => {
    expect(evaluateFastai(fastai(constructor, kwargs)).raises).toMatchObject({ at: "construct", type });
  });

  test.each([
    ["SchedExp", { start: 0, end: 1 }, 4, "ZeroDivisionError"],
    ["SchedPoly", { ...ends, power: -1 }, 4, "ZeroDivisionError"],
  ])("%s(%j) fails in the first batch", (constructor, kwargs, total, type) => {
    const got = evaluateFastai(fastai(constructor, kwargs, total));
    expect(got).toMatchObject({ lrs_by_group: [[]], raises: { at: "step", call_index: 0, type } });
  });

  test("a negative ratio to a fractional power is complex: SchedExp fails in the second batch", () => {
    const got = evaluateFastai(fastai("SchedExp", { start: 1, end: -1 }));
    expect(got).toMatchObject({
      lrs_by_group: [[1]],
      raises: { at: "step", call_index: 1, type: "TypeError" },
    });
  });

  test("no batches at all: position 0 / 0", () => {
    const schedule = {
      ...fastai("SchedLin", ends),
      stepping: { mode: "eval-pos" as const, count: 1, total: 0 },
    };
    expect(evaluateFastai(schedule).raises).toMatchObject({ call_index: 0, type: "ZeroDivisionError" });
  });
});

describe("bad declarations", () => {
  test.each([
    ["schedule.constructor", fastai("SchedQuad", ends)],
    ["schedule.kwargs.stop", fastai("SchedLin", { start: 1, stop: 2 })],
    ["schedule.kwargs.end", fastai("SchedLin", { start: 1 })],
    ["schedule.kwargs.lr_max", fastai("fit_one_cycle", { lr_max: "1e-3" })],
    ["schedule.kwargs.n_cycles", fastai("fit_sgdr", { lr_max: 1, n_cycles: 1.5, cycle_len: 1 })],
    ["schedule.stepping", { ...fastai("SchedLin", ends), stepping: { unit: "step" as const } }],
  ])("%s", (path, schedule) => expectInvalid(() => evaluateFastai(schedule), path));
});
