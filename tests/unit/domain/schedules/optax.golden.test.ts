import { describe, expect, test } from "vitest";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { evaluateOptax, optaxLr } from "@/lib/domain/schedules/optax/evaluate";
import {
  expectFloat32,
  expectGolden,
  expectInvalid,
  goldenSchedules,
  scheduleOf,
} from "@/tests/support/golden-schedules";

const cases = goldenSchedules("optax");

describe("golden", () => {
  test.each(cases)("$id", (golden) => expectGolden(evaluateOptax(scheduleOf(golden)), golden));

  test.each(cases.filter((golden) => golden.lrs_f32))("float32 of $id", (golden) => {
    expectFloat32(evaluateOptax(scheduleOf(golden)), golden);
  });
});

type Kwargs = Record<string, unknown>;

const optax = (constructor: string, kwargs: Kwargs, steps: number[] = [0]): LibrarySchedule => ({
  library: "optax",
  constructor: `optax.${constructor}`,
  kwargs,
  stepping: { mode: "eval", steps },
});

function expectLrs(schedule: LibrarySchedule, want: readonly number[]) {
  const got = evaluateOptax(schedule).lrs_by_group[0]!;
  expect(got).toHaveLength(want.length);
  want.forEach((lr, i) => expect(got[i]).toBeRelativelyClose(lr, 1e-12, 1));
}

const constant = (value: number) => ({ constructor: "constant_schedule", kwargs: { value } });
const line = (init_value: number, end_value: number, transition_steps: number) => ({
  constructor: "optax.schedules.linear_schedule",
  kwargs: { init_value, end_value, transition_steps },
});
const join = (schedules: unknown, boundaries: unknown) => ({
  constructor: "join_schedules",
  kwargs: { schedules, boundaries },
});

describe("hand-computed", () => {
  test("a polynomial of power 2 from 1 to 0 in 4 steps after a delay of 2", () => {
    const kwargs = { init_value: 1, end_value: 0, power: 2, transition_steps: 4, transition_begin: 2 };
    expectLrs(optax("polynomial_schedule", kwargs, [0, 2, 3, 4, 6, 9]), [1, 1, 0.5625, 0.25, 0, 0]);
  });

  test("exponential decay ¼ per 2 steps, stopped at 0.3; growth stopped from above", () => {
    const kwargs = { init_value: 1, transition_steps: 2, decay_rate: 0.25 };
    expectLrs(optax("exponential_decay", { ...kwargs, end_value: 0.3 }, [0, 1, 2]), [1, 0.5, 0.3]);
    expectLrs(optax("exponential_decay", { ...kwargs, staircase: true }, [1, 2, 3]), [1, 0.25, 0.25]);
    expectLrs(optax("exponential_decay", { ...kwargs, decay_rate: 4, end_value: 3 }, [1, 2]), [2, 3]);
    expectLrs(optax("exponential_decay", { ...kwargs, decay_rate: 0, end_value: 9 }, [5]), [1]);
  });

  test("cosine decay with exponent 2: (½)² half-way, alpha = 0.2 at and after the end", () => {
    const kwargs = { init_value: 1, decay_steps: 4, alpha: 0.2, exponent: 2 };
    expectLrs(optax("cosine_decay_schedule", kwargs, [0, 2, 4, 50]), [1, 0.8 * 0.25 + 0.2, 0.2, 0.2]);
  });

  test("warmup_cosine with peak 0 has alpha 0; with no warmup it starts at the peak", () => {
    const kwargs = { init_value: 0, warmup_steps: 0, decay_steps: 4 };
    const zero = optax("warmup_cosine_decay_schedule", { ...kwargs, peak_value: 0, end_value: 1 }, [0, 4]);
    expectLrs(zero, [0, 0]);
    expectLrs(optax("warmup_cosine_decay_schedule", { ...kwargs, peak_value: 1 }, [0, 2, 4]), [1, 0.5, 0]);
  });

  test("warmup_exponential counts its transition_begin from the end of the warmup", () => {
    const kwargs = { init_value: 0, peak_value: 1, warmup_steps: 2, transition_steps: 1, decay_rate: 0.5 };
    expectLrs(optax("warmup_exponential_decay_schedule", kwargs, [0, 1, 2, 3, 4]), [0, 0.5, 1, 0.5, 0.25]);
    const delayed = { ...kwargs, transition_begin: 1 };
    expectLrs(optax("warmup_exponential_decay_schedule", delayed, [2, 3, 4]), [1, 1, 0.5]);
  });

  test("sgdr of 4 and 2 steps: each cycle begins at its own warmup", () => {
    const cycle = { init_value: 0, peak_value: 1, warmup_steps: 2, decay_steps: 4 };
    const cosine_kwargs = [cycle, { ...cycle, peak_value: 0.5, warmup_steps: 1, decay_steps: 2 }];
    expectLrs(optax("sgdr_schedule", { cosine_kwargs }, [0, 1, 2, 3, 4, 5, 6]), [0, 0.5, 1, 0.5, 0, 0.5, 0]);
  });

  test("scales given as an object with integer keys, as JSON writes a Python dict", () => {
    const kwargs = { init_value: 1, boundaries_and_scales: { "20": 0.5, "3": 0.1 } };
    expectLrs(optax("piecewise_constant_schedule", kwargs, [2, 3, 19, 20]), [1, 0.1, 0.1, 0.05]);
    expectLrs(optax("piecewise_constant_schedule", { init_value: 0.7 }, [0, 9]), [0.7, 0.7]);
  });

  test("piecewise interpolation 1 → 3 over 4 steps, → 1.5 over 2: lines, and half cosines", () => {
    const kwargs = {
      init_value: 1,
      boundaries_and_scales: [
        [4, 3],
        [6, 0.5],
      ],
    };
    const linear = { ...kwargs, interpolate_type: "linear" };
    const cosine = { ...kwargs, interpolate_type: "cosine" };
    expectLrs(
      optax("piecewise_interpolate_schedule", linear, [0, 1, 4, 5, 6, 7]),
      [1, 1.5, 3, 2.25, 1.5, 1.5],
    );
    const quarter = 3 - (Math.SQRT1_2 + 1);
    expectLrs(optax("piecewise_interpolate_schedule", cosine, [0, 1, 2, 5]), [1, quarter, 2, 2.25]);
  });

  test("cosine one-cycle with pct_start 1: the end overwrites the peak at N in the dict, so it only falls", () => {
    const kwargs = { transition_steps: 10, peak_value: 1, pct_start: 1, div_factor: 2, final_div_factor: 5 };
    expectLrs(optax("cosine_onecycle_schedule", kwargs, [0, 5, 10]), [0.5, 0.275, 0.05]);
  });

  test("linear one-cycle over 10: up to 1 at 3, back to ½ at 8 and to 0.1 at 10", () => {
    const kwargs = {
      transition_steps: 10,
      peak_value: 1,
      div_factor: 2,
      final_div_factor: 5,
      pct_final: 0.8,
    };
    expectLrs(optax("linear_onecycle_schedule", kwargs, [0, 3, 8, 9, 10, 11]), [0.5, 1, 0.5, 0.3, 0.1, 0.1]);
  });

  test("joined schedules may be joined again: each sees steps since its own boundary", () => {
    const inner = join([line(1, 0, 2), constant(5)], [2]);
    const { kwargs } = join([constant(9), inner, line(0, 1, 4)], [3, 8]);
    expectLrs(optax("join_schedules", kwargs, [2, 3, 4, 5, 7, 8, 10]), [9, 1, 0.5, 5, 5, 0, 0.5]);
  });

  test("a schedule without a boundary is never reached, as in Python's zip", () => {
    const { kwargs } = join([constant(1), constant(2), constant(3)], [4]);
    expectLrs(optax("join_schedules", kwargs, [3, 4, 1000]), [1, 2, 2]);
  });

  test("the curve is a function of the step", () =>
    expect(optaxLr(optax("constant_schedule", { value: 2 }))(7)).toEqual([2]));
});

describe("what Python raises", () => {
  const cycle = { transition_steps: 10, peak_value: 1 };
  test.each([
    ["cosine_decay_schedule", { init_value: 1, decay_steps: 0 }, "ValueError"],
    [
      "warmup_cosine_decay_schedule",
      { init_value: 0, peak_value: 1, warmup_steps: 5, decay_steps: 5 },
      "ValueError",
    ],
    ["cosine_onecycle_schedule", { ...cycle, transition_steps: 0 }, "ValueError"],
    ["linear_onecycle_schedule", { ...cycle, transition_steps: 0 }, "ValueError"],
    ["linear_onecycle_schedule", { ...cycle, div_factor: 0 }, "ZeroDivisionError"],
    ["cosine_onecycle_schedule", { ...cycle, final_div_factor: 0 }, "ZeroDivisionError"],
    ["piecewise_interpolate_schedule", { init_value: 1, interpolate_type: "cubic" }, "ValueError"],
    ["piecewise_constant_schedule", { init_value: 1, boundaries_and_scales: [[1, -1]] }, "ValueError"],
  ])("%s(%j) at construction", (constructor, kwargs, type) => {
    expect(evaluateOptax(optax(constructor, kwargs)).raises).toMatchObject({ at: "construct", type });
  });

  test("joining nothing fails when it is first called", () => {
    const got = evaluateOptax(optax("join_schedules", { schedules: [], boundaries: [] }));
    expect(got.raises).toMatchObject({ at: "step", call_index: 0, type: "IndexError" });
  });
});

describe("bad declarations", () => {
  const nested = (depth: number): Kwargs =>
    depth === 0 ? constant(1) : join([nested(depth - 1), constant(2)], [5]);
  const piecewise = (boundaries_and_scales: unknown) =>
    optax("piecewise_constant_schedule", { init_value: 1, boundaries_and_scales });

  test.each([
    ["schedule.constructor", optax("cosine_schedule", {})],
    [
      "schedule.kwargs.decay_rat",
      optax("exponential_decay", { init_value: 1, transition_steps: 1, decay_rat: 1 }),
    ],
    ["schedule.kwargs.value", optax("constant_schedule", {})],
    ["schedule.kwargs.boundaries_and_scales", piecewise([[1]])],
    ["schedule.kwargs.boundaries_and_scales", piecewise({ a: 1 })],
    ["schedule.kwargs.boundaries_and_scales", piecewise(3)],
    [
      "schedule.kwargs.schedules[1].constructor",
      optax("join_schedules", join([constant(1), { constructor: "x" }], [1]).kwargs),
    ],
    [
      "schedule.kwargs.schedules[0].kwargs.valu",
      optax("join_schedules", join([{ ...constant(1), kwargs: { valu: 1 } }], []).kwargs),
    ],
    ["schedule.kwargs.schedules", optax("join_schedules", join([1], []).kwargs)],
    [
      "schedule.kwargs.cosine_kwargs[0].init_value",
      optax("sgdr_schedule", { cosine_kwargs: [{ peak_value: 1 }] }),
    ],
  ])("%s", (path, schedule) => expectInvalid(() => evaluateOptax(schedule), path));

  test("joins nested without end are refused, 15 levels are fine", () => {
    const deep = (depth: number) => ({ ...optax("join_schedules", {}), ...nested(depth) }) as LibrarySchedule;
    expect(evaluateOptax(deep(15)).lrs_by_group).toEqual([[1]]);
    expect(() => evaluateOptax(deep(500))).toThrow("nested more than 16 deep");
  });
});
