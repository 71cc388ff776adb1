import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { cpuTimed, median, report } from "./figures";

const STEPS = 1_000_000;

const cosine: ScheduleSpec = { kind: "cosine", peak: 0.1, floor: 0, steps: STEPS };
const wsd = (shape: "linear" | "cosine" | "exponential" | "1-sqrt"): ScheduleSpec => ({
  kind: "wsd",
  peak: 0.1,
  floor: 1e-4,
  warmup: STEPS / 10,
  stable: STEPS / 10,
  decay: 0.8 * STEPS,
  shape,
});
const warmed = (shape: "linear" | "exponential" | "cosine", steps: number): ScheduleSpec => ({
  kind: "warmup",
  shape,
  steps,
  start_factor: 0.01,
  then: cosine,
});

/** Every family in our own words. */
const OURS: Record<string, ScheduleSpec> = {
  constant: { kind: "constant", value: 0.1 },
  step: { kind: "step", peak: 0.1, step_size: 30_000, gamma: 0.9 },
  multi_step: { kind: "multi_step", peak: 0.1, milestones: [STEPS / 3, STEPS / 2], gamma: 0.1 },
  piecewise: { kind: "piecewise", values: [0.1, 0.01, 0.001], boundaries: [STEPS / 3, STEPS / 2] },
  exponential: { kind: "exponential", peak: 0.1, gamma: 0.999_99 },
  inverse_time: { kind: "inverse_time", peak: 0.1, decay_rate: 0.5, decay_steps: 1000 },
  inverse_sqrt: { kind: "inverse_sqrt", peak: 0.1, warmup: 1000 },
  polynomial: { kind: "polynomial", peak: 0.1, floor: 0, power: 2, steps: STEPS },
  "polynomial 0.9": { kind: "polynomial", peak: 0.1, floor: 0, power: 0.9, steps: STEPS },
  linear: { kind: "linear", from: 0.1, to: 0, steps: STEPS },
  cosine,
  cosine_restarts: { kind: "cosine_restarts", peak: 0.1, floor: 0, T_0: 1000, T_mult: 2 },
  one_cycle: { kind: "one_cycle", max_lr: 0.1, total_steps: STEPS },
  cyclic: { kind: "cyclic", base_lr: 0.01, max_lr: 0.1, step_size_up: 2000 },
  "cyclic exp_range": {
    kind: "cyclic",
    base_lr: 0.01,
    max_lr: 0.1,
    step_size_up: 2000,
    mode: "exp_range",
    gamma: 0.999_99,
  },
  "wsd linear": wsd("linear"),
  "wsd cosine": wsd("cosine"),
  "wsd exponential": wsd("exponential"),
  "wsd 1-sqrt": wsd("1-sqrt"),
  "linear warmup": warmed("linear", 1000),
  "exponential warmup, full length": warmed("exponential", STEPS),
  "cosine warmup, full length": warmed("cosine", STEPS),
};

const torch = (name: string, kwargs: Record<string, unknown>): DeclaredSchedule => ({
  library: "torch",
  constructor: name,
  kwargs,
  base_lrs: [0.1],
});
const transformers = (name: string, specific: Record<string, unknown> = {}): DeclaredSchedule => ({
  constructor: "transformers.get_scheduler",
  kwargs: {
    name,
    num_warmup_steps: 1000,
    num_training_steps: STEPS,
    scheduler_specific_kwargs: specific,
  },
  base_lrs: [0.1],
});
const timm = (name: string, kwargs: Record<string, unknown>): DeclaredSchedule => ({
  constructor: `timm.scheduler.${name}`,
  kwargs: { ...kwargs, t_in_epochs: false },
  base_lrs: [0.1],
});
const keras = (name: string, kwargs: Record<string, unknown>): DeclaredSchedule => ({
  constructor: `keras.optimizers.schedules.${name}`,
  kwargs: { initial_learning_rate: 0.1, ...kwargs },
});
const optax = (name: string, kwargs: Record<string, unknown>): DeclaredSchedule => ({
  constructor: `optax.${name}`,
  kwargs,
});

/** The closed forms of the libraries, in their words. */
const THEIRS: Record<string, DeclaredSchedule> = {
  "torch StepLR": torch("StepLR", { step_size: 30_000 }),
  "torch ExponentialLR": torch("ExponentialLR", { gamma: 0.999_99 }),
  "torch PolynomialLR": torch("PolynomialLR", { total_iters: STEPS, power: 0.9 }),
  "torch CosineAnnealingLR": torch("CosineAnnealingLR", { T_max: STEPS }),
  "torch CosineAnnealingWarmRestarts": torch("CosineAnnealingWarmRestarts", { T_0: 1000, T_mult: 2 }),
  "torch OneCycleLR": torch("OneCycleLR", { max_lr: 0.1, total_steps: STEPS }),
  "torch CyclicLR": torch("CyclicLR", { base_lr: 0.01, max_lr: 0.1, mode: "exp_range", gamma: 0.999_99 }),
  "torch SequentialLR": torch("SequentialLR", {
    schedulers: [
      { constructor: "LinearLR", kwargs: { start_factor: 0.01, total_iters: 1000 } },
      { constructor: "CosineAnnealingLR", kwargs: { T_max: STEPS - 1000 } },
    ],
    milestones: [1000],
  }),
  "transformers linear": transformers("linear"),
  "transformers cosine": transformers("cosine"),
  "transformers cosine_with_restarts": transformers("cosine_with_restarts", { num_cycles: 5 }),
  "transformers polynomial": transformers("polynomial", { power: 2 }),
  "transformers inverse_sqrt": transformers("inverse_sqrt"),
  "transformers warmup_stable_decay": transformers("warmup_stable_decay", { num_decay_steps: STEPS / 5 }),
  "timm Cosine": timm("CosineLRScheduler", { t_initial: STEPS / 8, cycle_mul: 2, cycle_limit: 3 }),
  "timm Tanh": timm("TanhLRScheduler", { t_initial: STEPS }),
  "timm Poly": timm("PolyLRScheduler", { t_initial: STEPS }),
  "timm Step": timm("StepLRScheduler", { decay_t: 2400.5, decay_rate: 0.97 }),
  "keras CosineDecay": keras("CosineDecay", { decay_steps: STEPS }),
  "keras CosineDecayRestarts": keras("CosineDecayRestarts", { first_decay_steps: 1000 }),
  "keras ExponentialDecay": keras("ExponentialDecay", { decay_steps: 10_000, decay_rate: 0.96 }),
  "keras PolynomialDecay": keras("PolynomialDecay", { decay_steps: STEPS, power: 2 }),
  "optax exponential_decay": optax("exponential_decay", {
    init_value: 0.1,
    transition_steps: 10_000,
    decay_rate: 0.96,
  }),
  "optax warmup_cosine_decay_schedule": optax("warmup_cosine_decay_schedule", {
    init_value: 0,
    peak_value: 0.1,
    warmup_steps: 1000,
    decay_steps: STEPS,
  }),
  "optax cosine_onecycle_schedule": optax("cosine_onecycle_schedule", {
    transition_steps: STEPS,
    peak_value: 0.1,
  }),
};

/**
 * A million steps of each closed form, in processor time: what a neighbour on the machine takes does not count. The sum
 * keeps the work from being optimised away.
 */
export function benchEvaluate(): void {
  for (const [schedule, spec] of Object.entries({ ...OURS, ...THEIRS })) {
    let sum = 0;
    const taken = cpuTimed(9, () => {
      sum += compileDeclared(spec).lrs(0, STEPS)[0]?.[STEPS - 1] ?? 0;
    });
    report({ name: "evaluate 1,000,000 steps", value: median(taken), unit: "CPU ms", schedule, check: sum });
  }
}
