import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";

const cosine: ScheduleSpec = { kind: "cosine", peak: 0.003, floor: 3e-5, steps: 60 };
const toZero: ScheduleSpec = { kind: "cosine", peak: 0.003, floor: 0, steps: 60 };
const line: ScheduleSpec = { kind: "linear", from: 0.02, to: 0, steps: 50 };

const warmup = (
  then: ScheduleSpec,
  shape: "linear" | "exponential" | "constant" | "cosine" = "linear",
  start_factor = 0,
): ScheduleSpec => ({ kind: "warmup", shape, steps: 12, start_factor, then });

const wsd = (
  shape: "linear" | "cosine" | "exponential" | "1-sqrt" | "sqrt" | "square",
  floor = 1e-5,
): ScheduleSpec => ({
  kind: "wsd",
  peak: 0.001,
  floor,
  warmup: 10,
  stable: 30,
  decay: 20,
  shape,
});

/** Schedules of every family, every warmup and every composition, to be exported and compared over their steps. */
export const NATIVE_CASES: Readonly<Record<string, ScheduleSpec>> = {
  constant: { kind: "constant", value: 0.1 },
  "constant one": { kind: "constant", value: 1 },
  step: { kind: "step", peak: 0.1, step_size: 15, gamma: 0.1 },
  "step, odd size": { kind: "step", peak: 0.1, step_size: 7.5, gamma: 0.5 },
  "multi-step": { kind: "multi_step", peak: 0.1, milestones: [20, 40, 40], gamma: 0.3 },
  "multi-step from 0": { kind: "multi_step", peak: 0.1, milestones: [0, 30], gamma: 0.3 },
  "multi-step without milestones": { kind: "multi_step", peak: 0.1, milestones: [], gamma: 0.3 },
  piecewise: { kind: "piecewise", values: [0.1, 0.03, 0.2], boundaries: [10, 33] },
  "piecewise out of order": { kind: "piecewise", values: [0.1, 0.03, 0.2], boundaries: [33, 10] },
  exponential: { kind: "exponential", peak: 0.1, gamma: 0.97 },
  "exponential over 10": { kind: "exponential", peak: 0.1, gamma: 0.5, decay_steps: 10 },
  "exponential staircase": { kind: "exponential", peak: 0.1, gamma: 0.5, decay_steps: 10, staircase: true },
  "exponential floored": { kind: "exponential", peak: 0.1, gamma: 0.9, floor: 0.01 },
  "inverse time": { kind: "inverse_time", peak: 0.1, decay_rate: 0.5, decay_steps: 10 },
  "inverse time staircase": {
    kind: "inverse_time",
    peak: 0.1,
    decay_rate: 0.5,
    decay_steps: 10,
    staircase: true,
  },
  polynomial: { kind: "polynomial", peak: 0.1, floor: 0, power: 2, steps: 60 },
  "polynomial floored": { kind: "polynomial", peak: 0.1, floor: 0.01, power: 0.9, steps: 60 },
  linear: line,
  "linear up": { kind: "linear", from: 0.001, to: 0.1, steps: 50 },
  cosine,
  "cosine to 0": toZero,
  "restarts, equal": { kind: "cosine_restarts", peak: 0.1, floor: 0.001, T_0: 20, T_mult: 1 },
  "restarts, doubling": { kind: "cosine_restarts", peak: 0.1, floor: 0, T_0: 10, T_mult: 2 },
  "restarts, tripling": { kind: "cosine_restarts", peak: 0.1, floor: 0, T_0: 3, T_mult: 3 },
  "restarts, odd growth": { kind: "cosine_restarts", peak: 0.1, floor: 0, T_0: 10, T_mult: 1.5 },
  "restarts, lower peaks": {
    kind: "cosine_restarts",
    peak: 0.1,
    floor: 0.001,
    T_0: 10,
    T_mult: 2,
    gamma: 0.7,
  },
  "one-cycle": { kind: "one_cycle", max_lr: 0.1, total_steps: 80 },
  "one-cycle linear": { kind: "one_cycle", max_lr: 0.1, total_steps: 80, anneal_strategy: "linear" },
  "one-cycle, three phases": {
    kind: "one_cycle",
    max_lr: 0.1,
    total_steps: 80,
    three_phase: true,
    pct_start: 0.4,
  },
  "one-cycle without a rise": { kind: "one_cycle", max_lr: 0.1, total_steps: 80, pct_start: 0 },
  cyclic: { kind: "cyclic", base_lr: 0.001, max_lr: 0.1, step_size_up: 10 },
  "cyclic, halving": {
    kind: "cyclic",
    base_lr: 0.001,
    max_lr: 0.1,
    step_size_up: 10,
    step_size_down: 5,
    mode: "triangular2",
  },
  "cyclic, decaying": {
    kind: "cyclic",
    base_lr: 0.001,
    max_lr: 0.1,
    step_size_up: 10,
    mode: "exp_range",
    gamma: 0.98,
  },
  "inverse sqrt": { kind: "inverse_sqrt", peak: 0.001, warmup: 20 },
  "inverse sqrt, timescale": { kind: "inverse_sqrt", peak: 0.001, timescale: 25 },
  "wsd linear": wsd("linear"),
  "wsd cosine": wsd("cosine", 0),
  "wsd 1-sqrt": wsd("1-sqrt"),
  "wsd sqrt": wsd("sqrt"),
  "wsd square": wsd("square"),
  "wsd exponential": wsd("exponential"),
  "wsd exponential to 0": wsd("exponential", 0),
  "wsd without stable": {
    kind: "wsd",
    peak: 0.1,
    floor: 0,
    warmup: 0,
    stable: 0,
    decay: 40,
    shape: "1-sqrt",
  },
  "warmup + cosine": warmup(cosine),
  "warmup + cosine to 0": warmup(toZero),
  "warmup from a tenth + cosine": warmup(cosine, "linear", 0.1),
  "warmup + linear": warmup(line),
  "warmup + constant": warmup({ kind: "constant", value: 0.01 }),
  "constant warmup + step": warmup({ kind: "step", peak: 0.1, step_size: 15, gamma: 0.1 }, "constant", 0.1),
  "exponential warmup + cosine": warmup(cosine, "exponential", 0.01),
  "cosine warmup + linear": warmup(line, "cosine"),
  "warmup + restarts": warmup(
    { kind: "cosine_restarts", peak: 0.1, floor: 0, T_0: 10, T_mult: 2 },
    "linear",
    0.01,
  ),
  "warmup + exponential": warmup({ kind: "exponential", peak: 0.1, gamma: 0.97 }),
  "overlapping warmup + cosine": {
    kind: "warmup",
    shape: "linear",
    steps: 12,
    start_factor: 0.1,
    then: cosine,
    overlap: true,
  },
  "warmup of no steps": { kind: "warmup", shape: "linear", steps: 0, start_factor: 0, then: cosine },
  sequence: {
    kind: "sequence",
    parts: [
      { spec: { kind: "linear", from: 0.001, to: 0.02, steps: 10 }, steps: 10 },
      { spec: { kind: "constant", value: 0.02 }, steps: 15 },
      { spec: line, steps: 50 },
    ],
  },
  "sequence of restarts": {
    kind: "sequence",
    parts: [
      { spec: { kind: "cosine_restarts", peak: 0.02, floor: 0, T_0: 10, T_mult: 2 }, steps: 30 },
      { spec: { kind: "exponential", peak: 0.01, gamma: 0.9 }, steps: 10 },
    ],
  },
  product: {
    kind: "product",
    factors: [
      { kind: "cosine", peak: 0.1, floor: 0.01, steps: 60 },
      { kind: "exponential", peak: 1, gamma: 0.99 },
    ],
  },
  "per epoch": {
    kind: "per_epoch",
    steps_per_epoch: 4,
    spec: { kind: "step", peak: 0.1, step_size: 5, gamma: 0.1 },
  },
  "warmup in steps, cosine per epoch": warmup({
    kind: "per_epoch",
    steps_per_epoch: 5,
    spec: { ...toZero, steps: 10 },
  }),
};

/** Several param groups, for the targets that know them. */
export const GROUP_CASES: Readonly<Record<string, ScheduleSpec>> = {
  "two groups, one shape": {
    kind: "groups",
    groups: [{ spec: toZero }, { spec: { kind: "cosine", peak: 0.0003, floor: 0, steps: 60 } }],
  },
  "two groups, two shapes": { kind: "groups", groups: [{ name: "head", spec: cosine }, { spec: line }] },
};

/** Libraries' own words, to be exported to the other libraries. */
export const LIBRARY_CASES: Readonly<Record<string, DeclaredSchedule>> = {
  "torch cosine after linear": {
    library: "torch",
    constructor: "torch.optim.lr_scheduler.SequentialLR",
    kwargs: {
      schedulers: [
        { constructor: "torch.optim.lr_scheduler.LinearLR", kwargs: { start_factor: 0.1, total_iters: 10 } },
        { constructor: "torch.optim.lr_scheduler.CosineAnnealingLR", kwargs: { T_max: 50, eta_min: 1e-5 } },
      ],
      milestones: [10],
    },
    base_lrs: [0.01],
  },
  "torch chained": {
    library: "torch",
    constructor: "torch.optim.lr_scheduler.ChainedScheduler",
    kwargs: {
      schedulers: [
        { constructor: "torch.optim.lr_scheduler.ConstantLR", kwargs: { factor: 0.1, total_iters: 5 } },
        { constructor: "torch.optim.lr_scheduler.ExponentialLR", kwargs: { gamma: 0.9 } },
      ],
    },
    base_lrs: [0.1],
  },
  "torch lambda": {
    library: "torch",
    constructor: "LambdaLR",
    kwargs: { lr_lambda: { const: 0.5 } },
    base_lrs: [0.1],
  },
  "transformers hard restarts": {
    library: "transformers",
    constructor: "transformers.get_scheduler",
    kwargs: {
      name: "cosine_with_restarts",
      num_warmup_steps: 5,
      num_training_steps: 60,
      scheduler_specific_kwargs: { num_cycles: 3 },
    },
    base_lrs: [5e-5],
  },
  "transformers wsd": {
    library: "transformers",
    constructor: "transformers.get_scheduler",
    kwargs: {
      name: "warmup_stable_decay",
      num_warmup_steps: 5,
      num_training_steps: 60,
      scheduler_specific_kwargs: { num_decay_steps: 20, decay_type: "1-sqrt" },
    },
    base_lrs: [5e-5],
  },
  "timm cosine, overlapped warmup": {
    library: "timm",
    constructor: "timm.scheduler.CosineLRScheduler",
    kwargs: { t_initial: 60, lr_min: 1e-5, warmup_t: 6, warmup_lr_init: 1e-4, t_in_epochs: false },
    base_lrs: [0.05],
  },
  "timm cosine, prefixed warmup": {
    library: "timm",
    constructor: "timm.scheduler.CosineLRScheduler",
    kwargs: { t_initial: 60, warmup_t: 6, warmup_lr_init: 1e-4, warmup_prefix: true, t_in_epochs: false },
    base_lrs: [0.05],
  },
  "timm tanh": {
    library: "timm",
    constructor: "timm.scheduler.TanhLRScheduler",
    kwargs: { t_initial: 60, t_in_epochs: false },
    base_lrs: [0.05],
  },
  "keras cosine with warmup": {
    library: "keras",
    constructor: "keras.optimizers.schedules.CosineDecay",
    kwargs: { initial_learning_rate: 0, decay_steps: 50, alpha: 0.01, warmup_target: 1, warmup_steps: 10 },
  },
  "keras cycling polynomial": {
    library: "keras",
    constructor: "keras.optimizers.schedules.PolynomialDecay",
    kwargs: { initial_learning_rate: 0.1, decay_steps: 20, end_learning_rate: 0.01, cycle: true },
  },
  "keras piecewise": {
    library: "keras",
    constructor: "keras.optimizers.schedules.PiecewiseConstantDecay",
    kwargs: { boundaries: [10, 30], values: [1, 0.5, 0.1] },
  },
  "optax warmup cosine": {
    library: "optax",
    constructor: "optax.warmup_cosine_decay_schedule",
    kwargs: { init_value: 0, peak_value: 0.01, warmup_steps: 10, decay_steps: 60, end_value: 1e-4 },
  },
  "optax one-cycle": {
    library: "optax",
    constructor: "optax.cosine_onecycle_schedule",
    kwargs: { transition_steps: 60, peak_value: 0.1 },
  },
  "optax piecewise": {
    library: "optax",
    constructor: "optax.piecewise_constant_schedule",
    kwargs: {
      init_value: 1,
      boundaries_and_scales: [
        [10, 0.5],
        [30, 0.1],
      ],
    },
  },
  "optax joined": {
    library: "optax",
    constructor: "optax.join_schedules",
    kwargs: {
      schedules: [
        {
          constructor: "optax.linear_schedule",
          kwargs: { init_value: 0, end_value: 1, transition_steps: 10 },
        },
        { constructor: "optax.constant_schedule", kwargs: { value: 1 } },
      ],
      boundaries: [10],
    },
  },
};
