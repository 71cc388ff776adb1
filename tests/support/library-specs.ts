import { fc } from "@fast-check/vitest";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";

type Kwargs = fc.Arbitrary<Record<string, unknown>>;

const steps = fc.integer({ min: 1, max: 400 });
/** Also what a careless caller writes: nothing, less than nothing, half a step. */
const anyLength = fc.oneof(
  { weight: 8, arbitrary: steps },
  { weight: 1, arbitrary: fc.constantFrom(0, -3, 0.5, 2400.5) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 1000 }).map((n) => n / 7) },
);
const rate = fc.integer({ min: 1, max: 100_000 }).map((n) => n / 30_000);
const fraction = fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000);
const growth = fc.oneof(
  fc.constantFrom(1, 1.5, 2, 3, 10, 0.5, 0.9, 0, -1),
  fc.integer({ min: 2, max: 40 }).map((n) => n / 9),
);
const decay = fc.oneof(fc.constantFrom(0, 1, 0.1, 0.999, 1.01, -0.5), fraction);
const exponent = fc.constantFrom(0, 0.5, 0.9, 1, 1, 2, 3.7, -1);
/**
 * timm's k_decay. A negative one raises at the start of each cycle, and 0 with a negative power all through the cycles, so
 * that no run gets beyond the second.
 */
const bend = fc.constantFrom(0.5, 1, 2);
const flag = fc.boolean();
const milestones = fc.array(anyLength, { maxLength: 4 });

/** Some of the arguments: the others have the library's default. */
const kwargs = (
  required: Record<string, fc.Arbitrary<unknown>>,
  optional: Record<string, fc.Arbitrary<unknown>> = {},
): Kwargs => fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) });

const TIMM_WARMUP = { warmup_t: anyLength, warmup_lr_init: rate, warmup_prefix: flag };
const TIMM_CYCLES = {
  lr_min: fraction,
  cycle_mul: growth,
  cycle_decay: decay,
  cycle_limit: fc.integer({ min: 0, max: 6 }),
  ...TIMM_WARMUP,
};
const TIMM: Record<string, Kwargs> = {
  CosineLRScheduler: kwargs(
    { t_initial: anyLength },
    { ...TIMM_CYCLES, k_decay: fc.oneof(bend, fc.constant(0)) },
  ),
  PolyLRScheduler: kwargs({ t_initial: anyLength }, { ...TIMM_CYCLES, k_decay: bend, power: exponent }),
  TanhLRScheduler: kwargs({ t_initial: anyLength }, { ...TIMM_CYCLES, lb: fc.constantFrom(-7, 0, 4) }),
  StepLRScheduler: kwargs({ decay_t: anyLength }, { decay_rate: decay, ...TIMM_WARMUP }),
  MultiStepLRScheduler: kwargs({ decay_t: milestones }, { decay_rate: decay, ...TIMM_WARMUP }),
};

const KERAS_RATE = kwargs(
  { initial_learning_rate: rate, decay_steps: anyLength, decay_rate: decay },
  { staircase: flag },
);
const KERAS: Record<string, Kwargs> = {
  ExponentialDecay: KERAS_RATE,
  InverseTimeDecay: KERAS_RATE,
  PolynomialDecay: kwargs(
    { initial_learning_rate: rate, decay_steps: anyLength },
    { end_learning_rate: fraction, power: exponent, cycle: flag },
  ),
  CosineDecay: kwargs(
    { initial_learning_rate: rate, decay_steps: anyLength },
    { alpha: fraction, warmup_target: rate, warmup_steps: anyLength },
  ),
  CosineDecayRestarts: kwargs(
    { initial_learning_rate: rate, first_decay_steps: anyLength },
    { t_mul: growth, m_mul: decay, alpha: fraction },
  ),
  PiecewiseConstantDecay: kwargs({
    boundaries: fc.tuple(anyLength, anyLength),
    values: fc.tuple(rate, rate, rate),
  }),
};

const OPTAX_WARMUP = { init_value: rate, peak_value: rate, warmup_steps: anyLength };
const OPTAX_CYCLE = { transition_steps: anyLength, peak_value: rate };
const OPTAX_CYCLE_OPTIONS = { pct_start: fraction, div_factor: rate, final_div_factor: rate };
const OPTAX: Record<string, Kwargs> = {
  cosine_decay_schedule: kwargs({ init_value: rate, decay_steps: anyLength }, { alpha: fraction, exponent }),
  polynomial_schedule: kwargs({
    init_value: rate,
    end_value: rate,
    power: exponent,
    transition_steps: anyLength,
    transition_begin: anyLength,
  }),
  exponential_decay: kwargs(
    { init_value: rate, transition_steps: anyLength, decay_rate: decay },
    { staircase: flag, end_value: rate, transition_begin: anyLength },
  ),
  warmup_cosine_decay_schedule: kwargs(
    { ...OPTAX_WARMUP, decay_steps: anyLength },
    { end_value: rate, exponent },
  ),
  cosine_onecycle_schedule: kwargs(OPTAX_CYCLE, OPTAX_CYCLE_OPTIONS),
  linear_onecycle_schedule: kwargs(OPTAX_CYCLE, { ...OPTAX_CYCLE_OPTIONS, pct_final: fraction }),
  piecewise_interpolate_schedule: kwargs({
    interpolate_type: fc.constantFrom("linear", "cosine"),
    init_value: rate,
    boundaries_and_scales: fc.array(fc.tuple(fc.integer({ min: -50, max: 300 }), decay), { maxLength: 4 }),
  }),
};

const TORCH: Record<string, Kwargs> = {
  StepLR: kwargs({ step_size: anyLength }, { gamma: decay }),
  MultiStepLR: kwargs({ milestones }, { gamma: decay }),
  ConstantLR: kwargs({}, { factor: fraction, total_iters: anyLength }),
  LinearLR: kwargs({}, { start_factor: fraction, end_factor: fraction, total_iters: anyLength }),
  ExponentialLR: kwargs({ gamma: decay }),
  PolynomialLR: kwargs({}, { total_iters: anyLength, power: exponent }),
  CosineAnnealingLR: kwargs({ T_max: anyLength }, { eta_min: fraction }),
  CosineAnnealingWarmRestarts: kwargs(
    { T_0: steps, T_mult: fc.constantFrom(1, 2, 3) },
    { eta_min: fraction },
  ),
  CyclicLR: kwargs(
    { base_lr: rate, max_lr: rate },
    {
      step_size_up: anyLength,
      step_size_down: anyLength,
      mode: fc.constantFrom("triangular", "triangular2", "exp_range"),
      gamma: decay,
    },
  ),
  OneCycleLR: kwargs(
    { max_lr: rate, total_steps: anyLength },
    { pct_start: fraction, anneal_strategy: fc.constantFrom("cos", "linear"), three_phase: flag },
  ),
};
const torchChild = fc
  .constantFrom("LinearLR", "StepLR", "CosineAnnealingLR", "CosineAnnealingWarmRestarts")
  .chain((constructor) => fc.record({ constructor: fc.constant(constructor), kwargs: TORCH[constructor]! }));
TORCH.SequentialLR = kwargs({
  schedulers: fc.tuple(torchChild, torchChild, torchChild),
  milestones: fc.tuple(anyLength, anyLength),
});
TORCH.ChainedScheduler = kwargs({ schedulers: fc.tuple(torchChild, torchChild) });

const specific = (name: string, own: Kwargs = kwargs({})) =>
  kwargs({
    name: fc.constant(name),
    num_warmup_steps: anyLength,
    num_training_steps: anyLength,
    scheduler_specific_kwargs: own,
  });
const TRANSFORMERS: Record<string, Kwargs> = {
  get_scheduler: fc.oneof(
    specific("linear"),
    specific("cosine", kwargs({}, { num_cycles: exponent })),
    specific("cosine_with_restarts", kwargs({}, { num_cycles: exponent })),
    specific("polynomial", kwargs({}, { power: exponent })),
    specific("inverse_sqrt", kwargs({}, { timescale: anyLength })),
    specific("warmup_stable_decay", kwargs({ num_decay_steps: anyLength })),
    specific("cosine_with_min_lr", kwargs({ min_lr_rate: fraction }, { num_cycles: exponent })),
  ),
};

type Stepping = NonNullable<LibrarySchedule["stepping"]>;

const ofLibrary = (
  table: Record<string, Kwargs>,
  prefix: string,
  bases: fc.Arbitrary<number[] | undefined>,
  drive: Driven["drive"],
): fc.Arbitrary<Driven> =>
  fc.constantFrom(...Object.keys(table)).chain((name) =>
    fc.tuple(table[name]!, bases).map(([given, base_lrs]) => ({
      schedule: { constructor: `${prefix}.${name}`, kwargs: given, base_lrs },
      drive,
    })),
  );

/** A schedule in a library's words, valid or not quite, and how its own test files drive it for some steps. */
export interface Driven {
  schedule: LibrarySchedule;
  drive: (count: number) => Stepping;
}

const baseLrs = fc.array(rate, { minLength: 1, maxLength: 3 });
const none = fc.constant(undefined);
const evaluated = (count: number): Stepping => ({ mode: "eval", count });
const stepped = (count: number): Stepping => ({ mode: "step", count });

export const libraryFamilies = {
  timm: ofLibrary(TIMM, "timm.scheduler", baseLrs, (count) => ({ mode: "timm-epoch", count })),
  keras: ofLibrary(KERAS, "keras.optimizers.schedules", none, evaluated),
  optax: ofLibrary(OPTAX, "optax", none, evaluated),
  transformers: ofLibrary(TRANSFORMERS, "transformers", baseLrs, stepped),
  torch: ofLibrary(TORCH, "torch.optim.lr_scheduler", baseLrs, stepped),
};
