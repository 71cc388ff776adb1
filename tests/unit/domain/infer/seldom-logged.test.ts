import { describe, expect, test } from "vitest";
import { inferSchedule } from "@/lib/domain/infer/infer-schedule";
import { stairSpecs } from "@/lib/domain/infer/staircase";
import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

const range = (count: number, every = 1, first = 0) =>
  Array.from({ length: count }, (_, i) => first + i * every);

/** What a log of `spec` at the steps shows, `late` steps late. */
function told(spec: DeclaredSchedule, steps: readonly number[], late = 0, round = (lr: number) => lr) {
  const [lrs = []] = compileDeclared(spec).at(steps.map((step) => Math.max(0, step - late)));
  return inferSchedule(steps, Array.from(lrs, round));
}

const cosine: ScheduleSpec = { kind: "cosine", peak: 3e-4, floor: 0, steps: 900 };
const FAMILIES: Record<string, ScheduleSpec> = {
  exponential: { kind: "exponential", peak: 1e-3, gamma: 0.995 },
  polynomial: { kind: "polynomial", peak: 1e-3, floor: 0, power: 2, steps: 1000 },
  cyclic: { kind: "cyclic", base_lr: 1e-4, max_lr: 1e-3, step_size_up: 100, mode: "triangular" },
  "inverse square root": { kind: "inverse_sqrt", peak: 1e-3, warmup: 0, timescale: 100 },
  restarts: { kind: "cosine_restarts", peak: 1e-3, floor: 0, T_0: 200, T_mult: 1 },
  "growing restarts": { kind: "cosine_restarts", peak: 1e-3, floor: 1e-5, T_0: 150, T_mult: 2 },
  "warmup + cosine": { kind: "warmup", shape: "linear", steps: 100, start_factor: 0.1, then: cosine },
};

describe.each(Object.entries(FAMILIES))("%s behind a lag", (_, schedule) => {
  test.each([
    [2, 10],
    [3, 5],
    [5, 5],
    [7, 5],
    [7, 10],
  ])("of %i steps, logged every %i", (late, every) => {
    expect(told(schedule, range(1000 / every, every), late)).toMatchObject({
      schedule,
      offset: -late,
      exact: true,
    });
  });
});

test("an odd factor behind a wait is as odd without it", () => {
  const schedule: ScheduleSpec = { kind: "exponential", peak: 0.013, gamma: 0.910591545 };
  expect(told(schedule, range(90, 1, 1), 2)).toMatchObject({ schedule, offset: -2 });
});

test("behind a lag, in a library's words", () => {
  const schedule = {
    library: "torch",
    constructor: "torch.optim.lr_scheduler.CosineAnnealingLR",
    kwargs: { T_max: 10, eta_min: 0.01 },
    base_lrs: [0.1],
  } as const;
  expect(told(schedule, range(64, 1, 1), 2)).toMatchObject({ schedule, offset: -2 });
});

describe("once an epoch", () => {
  const specs: ScheduleSpec[] = [
    { kind: "cosine", peak: 0.1, floor: 0, steps: 90 },
    { kind: "exponential", peak: 0.1, gamma: 0.95 },
    { kind: "polynomial", peak: 0.1, floor: 0, power: 0.9, steps: 90 },
  ];
  test.each([
    [100, 60],
    [100, 80],
    [391, 300],
    [97, 70],
  ])("of %i steps, logged every %i", (steps_per_epoch, every) => {
    for (const spec of specs) {
      const schedule: ScheduleSpec = { kind: "per_epoch", spec, steps_per_epoch };
      const { schedule: found } = told(schedule, range(Math.floor((90 * steps_per_epoch) / every), every));
      expect(found).toEqual(schedule);
    }
  });
});

const fourDigits = (lr: number) => Number(lr.toPrecision(4));

describe("numbers are the round ones wherever the log's precision allows", () => {
  const values = [3e-4, 1e-4, 2e-4, 3e-5];
  const linear: ScheduleSpec = { kind: "linear", from: 2e-4, to: 0, steps: 300 };
  const specs: ScheduleSpec[] = [
    { kind: "constant", value: 3.7e-4 },
    { kind: "piecewise", values, boundaries: [100, 250, 400] },
    { kind: "multi_step", peak: 7e-4, milestones: [100, 250, 400], gamma: 0.3 },
    { kind: "inverse_time", peak: 3e-4, decay_rate: 0.3, decay_steps: 100, staircase: true },
    { kind: "exponential", peak: 3e-4, gamma: 0.99, floor: 7e-5 },
    { kind: "wsd", peak: 3e-4, warmup: 0, floor: 3e-5, stable: 300, decay: 150, shape: "exponential" },
    { kind: "cyclic", base_lr: 3e-5, max_lr: 3e-4, step_size_up: 70, mode: "triangular" },
  ];
  test.each(specs.map((spec) => [spec.kind, spec] as const))("of %s", (_, schedule) => {
    for (const round of [Math.fround, fourDigits]) {
      expect(told(schedule, range(500), 0, round).schedule).toEqual(schedule);
    }
  });

  test("of a sequence in float32", () => {
    const parts = [
      { spec: { kind: "constant" as const, value: 3e-4 }, steps: 100 },
      { spec: { kind: "cosine" as const, peak: 7e-4, floor: 1e-5, steps: 200 }, steps: 200 },
      { spec: linear, steps: 200 },
    ];
    expect(told({ kind: "sequence", parts }, range(500), 0, Math.fround).schedule).toMatchObject({ parts });
  });

  test("of a line from a hundredth of its peak, whose zero is near step −1", () => {
    const schedule: ScheduleSpec = { kind: "linear", from: 3e-6, to: 3e-4, steps: 100 };
    expect(told(schedule, range(300), 0, Math.fround)).toMatchObject({ schedule, offset: 0 });
  });

  test("of a float64 log no digit is lost", () => {
    const values = [1.23456e-4, 3.00001e-4, 2e-4];
    const schedule: ScheduleSpec = { kind: "piecewise", values, boundaries: [40, 60] };
    expect(told(schedule, range(80)).schedule).toEqual(schedule);
  });
});

test("only drops are an inverse of time", () => {
  const specs = stairSpecs({ values: [1, 2, 4], boundaries: [10, 20], before: [9, 19] });
  expect(specs.map(({ kind }) => kind)).toEqual(["step", "piecewise"]);
});

describe("timm's tanh, whose first LR is its base LR", () => {
  test.each([0, 1, -1])("read %i steps late", (late) => {
    const schedule = {
      library: "timm",
      constructor: "timm.scheduler.TanhLRScheduler",
      kwargs: { t_initial: 100, lb: -6, ub: 4 },
      base_lrs: [0.05],
    } as const;
    expect(told(schedule, range(110), late)).toMatchObject({ schedule, offset: -late + 0 });
  });
});

test("timm's tanh that is cut off between two points has its usual parameters, or is not told", () => {
  const tanh = (own: object) => ({
    library: "timm" as const,
    constructor: "timm.scheduler.TanhLRScheduler",
    kwargs: { t_initial: 600, lb: -7, ub: 3, ...own },
    base_lrs: [0.05],
  });
  expect(told(tanh({}), range(79, 10, 7))).toMatchObject({ schedule: tanh({}), offset: 0 });
  expect(told(tanh({ lb: -5, ub: 4 }), range(79, 10, 7)).schedule).toBeNull();
});

describe("a log that begins in the middle", () => {
  const specs: Record<string, ScheduleSpec> = {
    restarts: { kind: "cosine_restarts", peak: 1e-3, floor: 0, T_0: 200, T_mult: 1 },
    cyclic: { kind: "cyclic", base_lr: 1e-4, max_lr: 1e-3, step_size_up: 100, mode: "triangular" },
    "one-sided cyclic": {
      kind: "cyclic",
      base_lr: 1e-4,
      max_lr: 1e-3,
      step_size_up: 60,
      mode: "triangular",
      step_size_down: 100,
    },
  };
  test.each([
    [350, 1],
    [350, 10],
    [415, 10],
  ])("at step %i, logged every %i", (first, every) => {
    for (const schedule of Object.values(specs)) {
      expect(told(schedule, range(Math.floor((1000 - first) / every), every, first))).toMatchObject({
        schedule,
        offset: 0,
      });
    }
  });

  test("parts that meet between two points are not told", () => {
    const parts = [
      { spec: { kind: "polynomial" as const, peak: 1e-3, floor: 2e-4, power: 2, steps: 333 }, steps: 333 },
      { spec: { kind: "cosine" as const, peak: 5e-4, floor: 1e-5, steps: 500 }, steps: 467 },
    ];
    expect(told({ kind: "sequence", parts }, range(800)).schedule).toMatchObject({ parts });
    expect(told({ kind: "sequence", parts }, range(80, 10)).family).not.toBe("sequence");
  });
});
