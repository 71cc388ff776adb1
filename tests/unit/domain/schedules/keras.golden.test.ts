import { describe, expect, test } from "vitest";
import { evaluateKeras, kerasLr } from "@/lib/domain/schedules/keras/evaluate";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import {
  expectFloat32,
  expectGolden,
  expectInvalid,
  goldenSchedules,
  scheduleOf,
} from "@/tests/support/golden-schedules";

const cases = goldenSchedules("keras");

describe("golden", () => {
  test.each(cases)("$id", (golden) => expectGolden(evaluateKeras(scheduleOf(golden)), golden));

  test.each(cases.filter((golden) => golden.lrs_f32))("float32 of $id", (golden) => {
    expectFloat32(evaluateKeras(scheduleOf(golden)), golden);
  });
});

const keras = (
  constructor: string,
  kwargs: Record<string, unknown>,
  steps: number[] = [0],
): LibrarySchedule => ({
  library: "keras",
  constructor,
  kwargs,
  stepping: { mode: "eval", steps },
});

function expectLrs(schedule: LibrarySchedule, want: readonly number[]) {
  const got = evaluateKeras(schedule).lrs_by_group[0]!;
  expect(got).toHaveLength(want.length);
  want.forEach((lr, i) => expect(got[i]).toBeRelativelyClose(lr, 1e-12, 1));
}

const start = { initial_learning_rate: 1 };

describe("hand-computed", () => {
  test("ExponentialDecay halves every 4 steps: √½ at 2; in a staircase still 1", () => {
    const kwargs = { ...start, decay_steps: 4, decay_rate: 0.5 };
    expectLrs(keras("ExponentialDecay", kwargs, [0, 2, 4, 8]), [1, Math.SQRT1_2, 0.5, 0.25]);
    expectLrs(keras("ExponentialDecay", { ...kwargs, staircase: true }, [2, 4, 7]), [1, 0.5, 0.5]);
  });

  test("InverseTimeDecay with rate 1: 1/(1 + s/2)", () => {
    const kwargs = { ...start, decay_steps: 2, decay_rate: 1 };
    expectLrs(keras("InverseTimeDecay", kwargs, [0, 1, 2, 6]), [1, 2 / 3, 0.5, 0.25]);
    expectLrs(keras("InverseTimeDecay", { ...kwargs, staircase: true }, [1, 3]), [1, 0.5]);
  });

  test("InverseTimeDecay into a zero denominator is a tensor's Infinity, not an exception", () => {
    const got = evaluateKeras(
      keras("InverseTimeDecay", { ...start, decay_steps: 2, decay_rate: -1 }, [2, 4]),
    );
    expect(got).toEqual({ lrs_by_group: [[Infinity, -1]] });
  });

  test("PiecewiseConstantDecay keeps the earlier value at the boundary, and cuts 2.9 to 2", () => {
    const kwargs = { boundaries: [2.9, 5], values: [1, 0.5, 0.25], name: "mine" };
    expectLrs(keras("PiecewiseConstantDecay", kwargs, [2, 3, 5, 6]), [1, 0.5, 0.5, 0.25]);
  });

  test("PiecewiseConstantDecay sums: unsorted boundaries [5, 2] leave step 3 with first and last", () => {
    const kwargs = { boundaries: [5, 2], values: [1, 0.5, 0.25] };
    expectLrs(keras("PiecewiseConstantDecay", kwargs, [1, 3, 6]), [1, 1.25, 0.25]);
  });

  test("PolynomialDecay to 0 in 4 steps; with cycle the line of step 5 runs over 8 steps", () => {
    const kwargs = { ...start, decay_steps: 4, end_learning_rate: 0 };
    expectLrs(keras("PolynomialDecay", kwargs, [0, 1, 4, 9]), [1, 0.75, 0, 0]);
    expectLrs(keras("PolynomialDecay", { ...kwargs, cycle: true }, [0, 4, 5, 8]), [1, 0, 0.375, 0]);
    expect(kerasLr(keras("PolynomialDecay", { ...start, decay_steps: 4 }))(4)).toEqual([0.0001]);
  });

  test("CosineDecay with warmup 0.2 → 1 in 2 steps, then half a cosine over 4 more to alpha = 0.1", () => {
    const kwargs = {
      initial_learning_rate: 0.2,
      decay_steps: 4,
      alpha: 0.1,
      warmup_target: 1,
      warmup_steps: 2,
    };
    expectLrs(keras("CosineDecay", kwargs, [0, 1, 2, 4, 6, 99]), [0.2, 0.6, 1, 0.55, 0.1, 0.1]);
    expectLrs(keras("CosineDecay", { ...kwargs, warmup_target: null }, [0, 2, 4]), [0.2, 0.11, 0.02]);
  });

  test("CosineDecayRestarts of 2 and 4 steps, the second half as high: 1, ½, ½, …, ¼", () => {
    const kwargs = { ...start, first_decay_steps: 2, m_mul: 0.5 };
    expectLrs(keras("CosineDecayRestarts", kwargs, [0, 1, 2, 4, 6]), [1, 0.5, 0.5, 0.25, 0.25]);
  });
});

describe("what Keras raises", () => {
  test.each([
    ["ExponentialDecay", { ...start, decay_steps: 0, decay_rate: 0.5 }],
    ["InverseTimeDecay", { ...start, decay_steps: -1, decay_rate: 0.5 }],
    ["PolynomialDecay", { ...start, decay_steps: 0 }],
    ["CosineDecay", { ...start, decay_steps: 0 }],
    ["CosineDecayRestarts", { ...start, first_decay_steps: 0 }],
    ["PiecewiseConstantDecay", { boundaries: [1], values: [1] }],
  ])("%s(%j): ValueError at construction", (constructor, kwargs) => {
    expect(evaluateKeras(keras(constructor, kwargs)).raises).toMatchObject({
      at: "construct",
      type: "ValueError",
    });
  });

  test("PiecewiseConstantDecay without boundaries fails when it is first called", () => {
    const got = evaluateKeras(keras("PiecewiseConstantDecay", { boundaries: [], values: [1] }));
    expect(got.raises).toMatchObject({ at: "step", call_index: 0, type: "IndexError" });
  });
});

describe("bad declarations", () => {
  test.each([
    ["schedule.constructor", keras("CosineDecai", start)],
    ["schedule.kwargs.decay_rat", keras("ExponentialDecay", { ...start, decay_steps: 1, decay_rat: 0.1 })],
    ["schedule.kwargs.decay_rate", keras("ExponentialDecay", { ...start, decay_steps: 1 })],
    [
      "schedule.kwargs.staircase",
      keras("ExponentialDecay", { ...start, decay_steps: 1, decay_rate: 1, staircase: 1 }),
    ],
    ["schedule.kwargs.values", keras("PiecewiseConstantDecay", { boundaries: [1], values: 3 })],
    ["schedule.stepping", { ...keras("CosineDecay", { ...start, decay_steps: 1 }), stepping: undefined }],
  ])("%s", (path, schedule) => expectInvalid(() => evaluateKeras(schedule), path));
});
