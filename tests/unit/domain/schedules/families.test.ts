import { describe, expect, test } from "vitest";
import { lrAt } from "@/lib/domain/schedules/lr-at";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

const cosine: ScheduleSpec = { kind: "cosine", peak: 0.1, floor: 0.01, steps: 100 };

/** Values worked out by hand from each formula: LR by step. */
const TABLE: [string, ScheduleSpec, Record<number, number>][] = [
  ["constant", { kind: "constant", value: 0.3 }, { 0: 0.3, 10000000: 0.3 }],
  [
    "step",
    { kind: "step", peak: 0.1, step_size: 30, gamma: 0.1 },
    { 0: 0.1, 29: 0.1, 30: 0.01, 59: 0.01, 60: 0.001 },
  ],
  [
    "multi_step",
    { kind: "multi_step", peak: 1, milestones: [10, 5, 10], gamma: 0.5 },
    { 4: 1, 5: 0.5, 9: 0.5, 10: 0.125, 99: 0.125 },
  ],
  [
    "piecewise",
    { kind: "piecewise", values: [3, 2, 1], boundaries: [5, 9] },
    { 0: 3, 4: 3, 5: 2, 8: 2, 9: 1, 50: 1 },
  ],
  [
    "exponential",
    { kind: "exponential", peak: 8, gamma: 0.5, decay_steps: 10, floor: 0.9 },
    { 0: 8, 5: 8 * Math.SQRT1_2, 10: 4, 30: 1, 31: 8 * 0.5 ** 3.1, 40: 0.9 },
  ],
  [
    "exponential in a staircase",
    { kind: "exponential", peak: 8, gamma: 0.5, decay_steps: 10, staircase: true },
    { 9: 8, 10: 4, 19: 4, 20: 2 },
  ],
  [
    "inverse_time",
    { kind: "inverse_time", peak: 1, decay_rate: 0.5, decay_steps: 2 },
    { 0: 1, 1: 0.8, 2: 2 / 3, 4: 0.5 },
  ],
  [
    "inverse_time in a staircase",
    { kind: "inverse_time", peak: 1, decay_rate: 1, decay_steps: 2, staircase: true },
    { 1: 1, 2: 0.5, 3: 0.5, 4: 1 / 3 },
  ],
  [
    "polynomial",
    { kind: "polynomial", peak: 1, floor: 0.2, power: 2, steps: 10 },
    { 0: 1, 5: 0.4, 9: 0.208, 10: 0.2, 11: 0.2 },
  ],
  [
    "polynomial, constant power 0",
    { kind: "polynomial", peak: 1, floor: 0, power: 0, steps: 10 },
    { 9: 1, 10: 0 },
  ],
  ["linear", { kind: "linear", from: 0, to: 1, steps: 4 }, { 0: 0, 1: 0.25, 3: 0.75, 4: 1, 5: 1 }],
  ["cosine", cosine, { 0: 0.1, 25: 0.055 + 0.045 * Math.SQRT1_2, 50: 0.055, 100: 0.01, 101: 0.01 }],
  [
    "cosine_restarts",
    { kind: "cosine_restarts", peak: 1, floor: 0, T_0: 10, T_mult: 2 },
    { 0: 1, 5: 0.5, 10: 1, 20: 0.5, 30: 1, 50: 0.5, 70: 1 },
  ],
  [
    "cosine_restarts with decaying peaks",
    { kind: "cosine_restarts", peak: 1, floor: 0.1, T_0: 10, T_mult: 1, gamma: 0.5 },
    { 0: 1, 10: 0.5, 15: 0.3, 20: 0.25 },
  ],
  [
    "cosine_restarts with shrinking cycles",
    { kind: "cosine_restarts", peak: 1, floor: 0.1, T_0: 8, T_mult: 0.5 },
    { 8: 1, 12: 1, 14: 1, 16: 0.1, 100: 0.1 },
  ],
  [
    "cyclic",
    { kind: "cyclic", base_lr: 1, max_lr: 3, step_size_up: 4, step_size_down: 2 },
    { 0: 1, 2: 2, 4: 3, 5: 2, 6: 1, 10: 3 },
  ],
  [
    "cyclic halving",
    { kind: "cyclic", base_lr: 1, max_lr: 3, step_size_up: 4, mode: "triangular2" },
    { 4: 3, 12: 2, 20: 1.5 },
  ],
  [
    "cyclic exp_range",
    { kind: "cyclic", base_lr: 1, max_lr: 3, step_size_up: 4, mode: "exp_range", gamma: 0.5 },
    { 4: 1 + 2 / 16, 8: 1 },
  ],
  ["inverse_sqrt", { kind: "inverse_sqrt", peak: 2, warmup: 4 }, { 0: 0, 2: 1, 4: 2, 16: 1, 64: 0.5 }],
  ["inverse_sqrt without warmup", { kind: "inverse_sqrt", peak: 2 }, { 0: 2, 30000: 1 }],
  [
    "wsd",
    { kind: "wsd", peak: 1, floor: 0.2, warmup: 4, stable: 6, decay: 10, shape: "linear" },
    { 0: 0.2, 2: 0.6, 4: 1, 9: 1, 10: 1, 15: 0.6, 20: 0.2, 99: 0.2 },
  ],
  [
    "wsd square",
    { kind: "wsd", peak: 1, floor: 0, warmup: 0, stable: 0, decay: 10, shape: "square" },
    { 0: 1, 5: 0.75, 10: 0 },
  ],
  [
    "wsd sqrt",
    { kind: "wsd", peak: 1, floor: 0, warmup: 0, stable: 0, decay: 16, shape: "sqrt" },
    { 0: 1, 12: 0.5, 16: 0 },
  ],
  [
    "wsd 1-sqrt",
    { kind: "wsd", peak: 1, floor: 0, warmup: 0, stable: 0, decay: 16, shape: "1-sqrt" },
    { 0: 1, 4: 0.5, 9: 0.25 },
  ],
  [
    "wsd exponential",
    { kind: "wsd", peak: 1, floor: 0.01, warmup: 0, stable: 0, decay: 10, shape: "exponential" },
    { 0: 1, 5: 0.1, 10: 0.01 },
  ],
  [
    "wsd exponential to 0",
    { kind: "wsd", peak: 1, floor: 0, warmup: 0, stable: 0, decay: 6, shape: "exponential" },
    { 0: 1, 2: 0.1, 4: 0.01, 6: 0 },
  ],
  [
    "wsd cosine, both ends",
    {
      kind: "wsd",
      peak: 1,
      floor: 0,
      warmup: 10,
      stable: 0,
      decay: 10,
      shape: "cosine",
      warmup_shape: "cosine",
    },
    { 5: 0.5, 10: 1, 15: 0.5 },
  ],
  ["reduce_on_plateau", { kind: "reduce_on_plateau", peak: 0.2, monitor: "val/loss" }, { 0: 0.2, 500: 0.2 }],
  [
    "warmup, linear",
    { kind: "warmup", shape: "linear", steps: 10, start_factor: 0.5, then: cosine },
    { 0: 0.05, 5: 0.075, 10: 0.1, 60: 0.055, 110: 0.01 },
  ],
  [
    "warmup, exponential",
    { kind: "warmup", shape: "exponential", steps: 2, start_factor: 0.01, then: cosine },
    { 0: 0.001, 1: 0.01, 2: 0.1 },
  ],
  [
    "warmup, constant",
    { kind: "warmup", shape: "constant", steps: 3, start_factor: 0.1, then: cosine },
    { 0: 0.01, 2: 0.01, 3: 0.1 },
  ],
  [
    "warmup, cosine",
    { kind: "warmup", shape: "cosine", steps: 4, start_factor: 0, then: cosine },
    { 0: 0, 2: 0.05, 4: 0.1 },
  ],
  [
    "warmup, exponential from 0",
    { kind: "warmup", shape: "exponential", steps: 4, start_factor: 0, then: cosine },
    { 0: 0, 3: 0, 4: 0.1 },
  ],
  [
    "warmup over the running curve",
    { kind: "warmup", shape: "linear", steps: 100, start_factor: 0, then: cosine, overlap: true },
    { 0: 0, 50: 0.0275, 100: 0.01 },
  ],
  [
    "sequence",
    {
      kind: "sequence",
      parts: [
        { spec: { kind: "linear", from: 0, to: 1, steps: 4 }, steps: 4 },
        { spec: { kind: "step", peak: 1, step_size: 3, gamma: 0.5 }, steps: 3 },
      ],
    },
    { 0: 0, 3: 0.75, 4: 1, 6: 1, 7: 0.5, 10: 0.25 },
  ],
  [
    "product",
    { kind: "product", factors: [cosine, { kind: "constant", value: 0.5 }] },
    { 0: 0.05, 50: 0.0275 },
  ],
  [
    "per_epoch",
    { kind: "per_epoch", spec: { kind: "step", peak: 1, step_size: 2, gamma: 0.1 }, steps_per_epoch: 10 },
    { 19: 1, 20: 0.1, 39: 0.1, 40: 0.01 },
  ],
  [
    "groups: the first",
    { kind: "groups", groups: [{ spec: cosine }, { name: "head", spec: { kind: "constant", value: 9 } }] },
    { 50: 0.055 },
  ],
];

describe("lrAt by hand", () => {
  test.each(TABLE)("%s", (_name, spec, points) => {
    for (const [step, lr] of Object.entries(points)) {
      expect(lrAt(spec, Number(step))).toBeRelativelyClose(lr, 1e-12, 1e-3);
    }
  });
});

describe("one_cycle", () => {
  const spec: ScheduleSpec = { kind: "one_cycle", max_lr: 1, total_steps: 101, pct_start: 51 / 101 };

  test("starts at max/25, peaks at pct·N − 1, ends at initial/1e4 and stays there", () => {
    expect(lrAt(spec, 0)).toBeRelativelyClose(0.04, 1e-12);
    expect(lrAt(spec, 50)).toBeRelativelyClose(1, 1e-12);
    expect(lrAt(spec, 100)).toBeRelativelyClose(4e-6, 1e-9);
    expect(lrAt(spec, 5000)).toBe(lrAt(spec, 100));
  });

  test("an empty first phase is passed at once", () => {
    expect(lrAt({ kind: "one_cycle", max_lr: 1, total_steps: 10, pct_start: 0.1 }, 0)).toBe(1);
  });

  test("one step only", () => {
    expect(lrAt({ kind: "one_cycle", max_lr: 1, total_steps: 1 }, 0)).toBeRelativelyClose(4e-6, 1e-12);
  });

  test("three phases pass the initial LR on the way down", () => {
    const three: ScheduleSpec = {
      kind: "one_cycle",
      max_lr: 1,
      total_steps: 101,
      pct_start: 31 / 101,
      three_phase: true,
      anneal_strategy: "linear",
    };
    expect(lrAt(three, 30)).toBeRelativelyClose(1, 1e-12);
    expect(lrAt(three, 45)).toBeRelativelyClose(0.52, 1e-12);
    expect(lrAt(three, 60)).toBeRelativelyClose(0.04, 1e-12);
  });
});

describe("cosine restarts at exact boundaries", () => {
  const growths = [1, 2, 3, 4, 5, 7, 10];
  test.each(growths.flatMap((T_mult) => [1, 3, 10, 17].map((T_0) => ({ T_0, T_mult }))))(
    "T_0 $T_0, T_mult $T_mult: every restart is at the peak, the step before is not",
    ({ T_0, T_mult }) => {
      const spec: ScheduleSpec = { kind: "cosine_restarts", peak: 1, floor: 0, T_0, T_mult };
      let start = 0;
      let length = T_0;
      for (let cycle = 0; cycle < 8; cycle++) {
        expect(lrAt(spec, start)).toBe(1);
        if (length > 1) expect(lrAt(spec, start + length - 1)).toBeLessThan(0.8);
        start += length;
        length *= T_mult;
      }
    },
  );

  test("first cycle 10, growth 3, step 1210", () => {
    const spec: ScheduleSpec = { kind: "cosine_restarts", peak: 1, floor: 0, T_0: 10, T_mult: 3 };
    expect(lrAt(spec, 1210)).toBe(1);
    expect(lrAt(spec, 1209)).toBeLessThan(1e-4);
  });
});
