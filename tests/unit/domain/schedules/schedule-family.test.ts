import { describe, expect, test } from "vitest";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { describeSchedule } from "@/lib/domain/schedules/describe-schedule";
import { LIBRARIES } from "@/lib/domain/schedules/library-of";
import { scheduleFamily } from "@/lib/domain/schedules/schedule-family";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { goldenSchedules, scheduleOf } from "@/tests/support/golden-schedules";
import { inner, torchSchedule } from "@/tests/support/torch-schedule";

const cosine: ScheduleSpec = { kind: "cosine", peak: 3e-3, floor: 3e-5, steps: 1200 };
const rising: ScheduleSpec = { kind: "linear", from: 0, to: 3e-3, steps: 100 };
const part = (spec: ScheduleSpec) => ({ spec, steps: 100 });

/** Schedule, family, description. */
const TABLE: [DeclaredSchedule, string, string][] = [
  [{ kind: "constant", value: 5e-4 }, "constant", "constant 5.0e-4"],
  [{ kind: "step", peak: 0.1, step_size: 30, gamma: 0.1 }, "step", "step ×0.1 every 30 steps from 0.1"],
  [
    { kind: "per_epoch", steps_per_epoch: 391, spec: { kind: "step", peak: 0.1, step_size: 24, gamma: 0.1 } },
    "step",
    "step ×0.1 every 24 epochs from 0.1",
  ],
  [
    { kind: "multi_step", peak: 0.1, milestones: [1, 2, 3, 4, 5], gamma: 0.2 },
    "multi-step",
    "×0.2 at steps 1, 2, 3, 4, … from 0.1",
  ],
  [
    { kind: "piecewise", values: [1, 0.1], boundaries: [50] },
    "piecewise",
    "piecewise 1, 0.1 changing at steps 50",
  ],
  [{ kind: "exponential", peak: 0.1, gamma: 0.95 }, "exponential", "exponential ×0.95 per step from 0.1"],
  [
    { kind: "exponential", peak: 0.1, gamma: 0.95, decay_steps: 100 },
    "exponential",
    "exponential ×0.95 per 100 steps from 0.1",
  ],
  [
    { kind: "inverse_time", peak: 0.1, decay_rate: 0.5, decay_steps: 10 },
    "inverse time",
    "inverse time from 0.1, rate 0.5 per 10 steps",
  ],
  [
    { kind: "polynomial", peak: 0.01, floor: 0, power: 0.9, steps: 50 },
    "polynomial",
    "polynomial 0.01 → 0 over 50 steps, power 0.9",
  ],
  [rising, "linear", "linear 0 → 3.0e-3 over 100 steps"],
  [cosine, "cosine", "cosine 3.0e-3 → 3.0e-5 over 1200 steps"],
  [
    { kind: "cosine_restarts", peak: 0.1, floor: 0, T_0: 10, T_mult: 2 },
    "cosine restarts",
    "cosine restarts 0.1 → 0, first cycle 10 steps, cycles ×2",
  ],
  [{ kind: "one_cycle", max_lr: 0.1, total_steps: 500 }, "one-cycle", "one-cycle up to 0.1 over 500 steps"],
  [
    { kind: "cyclic", base_lr: 1e-4, max_lr: 0.01, step_size_up: 200 },
    "cyclic",
    "cyclic 1.0e-4 ↔ 0.01, 200 steps up",
  ],
  [
    { kind: "inverse_sqrt", peak: 2.25e-3, warmup: 400 },
    "inverse sqrt",
    "inverse sqrt from 2.25e-3, warmup 400 steps",
  ],
  [
    { kind: "wsd", peak: 1e-3, floor: 0, warmup: 10, stable: 80, decay: 10, shape: "1-sqrt" },
    "WSD",
    "WSD 1.0e-3 → 0, 10 + 80 + 10 steps, 1-sqrt decay",
  ],
  [
    { kind: "reduce_on_plateau", peak: 0.1, monitor: "val/loss", factor: 0.5 },
    "plateau",
    "×0.5 when val/loss plateaus (patience 10) from 0.1",
  ],
  [
    { kind: "warmup", shape: "linear", steps: 100, start_factor: 0, then: cosine },
    "warmup + cosine",
    "linear warmup 100 steps, then cosine 3.0e-3 → 3.0e-5 over 1200 steps",
  ],
  [
    { kind: "sequence", parts: [part(rising), part(cosine)] },
    "warmup + cosine",
    "linear 0 → 3.0e-3 over 100 steps, then cosine 3.0e-3 → 3.0e-5 over 1200 steps",
  ],
  [
    { kind: "sequence", parts: [part(rising), part({ kind: "constant", value: 3e-3 }), part(cosine)] },
    "WSD",
    "linear 0 → 3.0e-3 over 100 steps, then constant 3.0e-3, then cosine 3.0e-3 → 3.0e-5 over 1200 steps",
  ],
  [
    { kind: "sequence", parts: [part(cosine), part(cosine)] },
    "sequence",
    "cosine 3.0e-3 → 3.0e-5 over 1200 steps, then cosine 3.0e-3 → 3.0e-5 over 1200 steps",
  ],
  [
    { kind: "product", factors: [cosine, { kind: "constant", value: 0.5 }] },
    "product",
    "cosine 3.0e-3 → 3.0e-5 over 1200 steps × constant 0.5",
  ],
  [
    { kind: "groups", groups: [{ spec: cosine }, { spec: cosine }] },
    "cosine",
    "2 groups: cosine 3.0e-3 → 3.0e-5 over 1200 steps; cosine 3.0e-3 → 3.0e-5 over 1200 steps",
  ],
  [
    { kind: "groups", groups: [{ spec: { kind: "constant", value: 1 } }, { spec: cosine }] },
    "mixed",
    "2 groups: constant 1; cosine 3.0e-3 → 3.0e-5 over 1200 steps",
  ],
  [
    torchSchedule("StepLR", { step_size: 24 }, { stepping: { unit: "epoch" } }),
    "step",
    "step ×0.1 every 24 epochs from 0.1",
  ],
  [
    torchSchedule("SequentialLR", {
      schedulers: [inner("LinearLR", { start_factor: 0.1 }), inner("CosineAnnealingLR", { T_max: 95 })],
      milestones: [5],
    }),
    "warmup + cosine",
    "linear warmup 5 steps, then cosine 0.1 → 0 over 95 steps",
  ],
  [torchSchedule("ReduceLROnPlateau", {}), "plateau", "ReduceLROnPlateau()"],
  [
    torchSchedule("ChainedScheduler", {
      schedulers: [inner("LinearLR", {}), inner("CosineAnnealingLR", { T_max: 9 })],
    }),
    "product",
    "ChainedScheduler(schedulers=[LinearLR, CosineAnnealingLR])",
  ],
  [
    {
      constructor: "keras.optimizers.schedules.CosineDecay",
      kwargs: { initial_learning_rate: 0.1, decay_steps: 100 },
    },
    "cosine",
    "CosineDecay(initial_learning_rate=0.1, decay_steps=100)",
  ],
  [
    {
      constructor: "keras.optimizers.schedules.CosineDecay",
      kwargs: { initial_learning_rate: 0, decay_steps: 100, warmup_target: 1, warmup_steps: 9 },
    },
    "warmup + cosine",
    "CosineDecay(initial_learning_rate=0, decay_steps=100, warmup_target=1, warmup_steps=9)",
  ],
  [
    {
      constructor: "pytorch_warmup.LinearWarmup",
      kwargs: { warmup_period: 10 },
      base_lrs: [1],
      lr_scheduler: inner("StepLR", { step_size: 3 }),
    },
    "warmup + step",
    "LinearWarmup(warmup_period=10)",
  ],
];

test.each(TABLE)("%# %j", (schedule, family, description) => {
  expect(scheduleFamily(schedule)).toBe(family);
  expect(describeSchedule(schedule)).toBe(description);
});

test("a rise, a plateau and a fall in torch's words are WSD too", () => {
  const wsd = (start_factor: number): DeclaredSchedule => ({
    library: "torch",
    constructor: "torch.optim.lr_scheduler.SequentialLR",
    kwargs: {
      schedulers: [
        inner("LinearLR", { start_factor, end_factor: 1, total_iters: 60 }),
        inner("ConstantLR", { factor: 1, total_iters: 0 }),
        inner("LinearLR", { start_factor: 1, end_factor: 0, total_iters: 240 }),
      ],
      milestones: [60, 960],
    },
    base_lrs: [0.003],
    stepping: { unit: "step" },
  });
  expect(scheduleFamily(wsd(0.01))).toBe("WSD");
  expect(scheduleFamily(wsd(1))).toBe("sequence");
  expect(describeSchedule(wsd(0.01))).toBe(
    "SequentialLR(schedulers=[LinearLR, ConstantLR, LinearLR], milestones=[60, 960])",
  );
});

/** By class; what the arguments decide (warmup or not) is in the table above. */
const FAMILIES: Record<string, string | undefined> = {
  TanhLRScheduler: "tanh",
  PolyLRScheduler: "polynomial",
  StepLRScheduler: "step",
  MultiStepLRScheduler: "multi-step",
  CosineLRScheduler: "cosine",
  ExponentialDecay: "exponential",
  PiecewiseConstantDecay: "piecewise",
  PolynomialDecay: "polynomial",
  InverseTimeDecay: "inverse time",
  CosineDecay: "cosine",
  CosineDecayRestarts: "cosine restarts",
  constant_schedule: "constant",
  linear_schedule: "linear",
  polynomial_schedule: "polynomial",
  exponential_decay: "exponential",
  cosine_decay_schedule: "cosine",
  cosine_onecycle_schedule: "one-cycle",
  linear_onecycle_schedule: "one-cycle",
  sgdr_schedule: "cosine restarts",
  piecewise_constant_schedule: "piecewise",
  piecewise_interpolate_schedule: "piecewise",
  join_schedules: "sequence",
  warmup_cosine_decay_schedule: "warmup + cosine",
  warmup_constant_schedule: "warmup + constant",
  warmup_exponential_decay_schedule: "warmup + exponential",
  FixedLrUpdaterHook: "constant",
  StepLrUpdaterHook: "step",
  CosineAnnealingLrUpdaterHook: "cosine",
  PolyLrUpdaterHook: "polynomial",
  ExpLrUpdaterHook: "exponential",
  InvLrUpdaterHook: "inverse time",
  FlatCosineAnnealingLrUpdaterHook: "flat + cosine",
  CosineRestartLrUpdaterHook: "cosine restarts",
  CyclicLrUpdaterHook: "cyclic",
  OneCycleLrUpdaterHook: "one-cycle",
  LinearAnnealingLrUpdaterHook: "linear",
  fit_one_cycle: "one-cycle",
  fit_flat_cos: "flat + cosine",
  fit_sgdr: "cosine restarts",
  SchedLin: "linear",
  SchedCos: "cosine",
  SchedExp: "exponential",
  SchedPoly: "polynomial",
};

describe.each(LIBRARIES)("golden schedules of %s", (library) => {
  test.each(goldenSchedules(library))("$id has its family and a plain phrase", (golden) => {
    const schedule = scheduleOf(golden);
    const family = scheduleFamily(schedule);
    const known = FAMILIES[schedule.constructor.slice(schedule.constructor.lastIndexOf(".") + 1)];
    expect(known ? [known, `warmup + ${known}`] : [family]).toContain(family);
    expect(family).toMatch(
      /^(warmup \+ )?(constant|step|multi-step|piecewise|exponential|inverse time|polynomial|linear|cosine|cosine restarts|one-cycle|cyclic|inverse sqrt|WSD|plateau|tanh|flat \+ cosine|sequence|product)$/,
    );
    expect(describeSchedule(schedule)).not.toMatch(/undefined|NaN|object/);
  });
});
