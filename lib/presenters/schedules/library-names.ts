import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

export interface LibraryName {
  readonly library: string;
  readonly name: string;
}

const names = (entries: Record<string, string>): readonly LibraryName[] =>
  Object.entries(entries).map(([library, name]) => ({ library, name }));

/** What each family is called in the libraries that have it. */
export const LIBRARY_NAMES: Readonly<Partial<Record<ScheduleSpec["kind"], readonly LibraryName[]>>> = {
  constant: names({
    torch: "ConstantLR(factor=1)",
    transformers: "constant",
    optax: "constant_schedule",
    mmcv: "FixedLrUpdaterHook",
  }),
  step: names({
    torch: "StepLR",
    timm: "StepLRScheduler",
    keras: "ExponentialDecay(staircase=True)",
    optax: "exponential_decay(staircase=True)",
    mmcv: "StepLrUpdaterHook",
  }),
  multi_step: names({
    torch: "MultiStepLR",
    timm: "MultiStepLRScheduler",
    keras: "PiecewiseConstantDecay",
    optax: "piecewise_constant_schedule",
    mmcv: "StepLrUpdaterHook",
  }),
  piecewise: names({
    torch: "LambdaLR",
    keras: "PiecewiseConstantDecay",
    optax: "piecewise_constant_schedule",
  }),
  exponential: names({
    torch: "ExponentialLR",
    keras: "ExponentialDecay",
    optax: "exponential_decay",
    mmcv: "ExpLrUpdaterHook",
  }),
  inverse_time: names({ torch: "LambdaLR", keras: "InverseTimeDecay", mmcv: "InvLrUpdaterHook" }),
  polynomial: names({
    torch: "PolynomialLR",
    transformers: "polynomial",
    timm: "PolyLRScheduler",
    keras: "PolynomialDecay",
    optax: "polynomial_schedule",
    mmcv: "PolyLrUpdaterHook",
  }),
  linear: names({
    torch: "LinearLR",
    transformers: "linear",
    keras: "PolynomialDecay(power=1)",
    optax: "linear_schedule",
    fastai: "SchedLin",
  }),
  cosine: names({
    torch: "CosineAnnealingLR",
    transformers: "cosine",
    timm: "CosineLRScheduler",
    keras: "CosineDecay",
    optax: "cosine_decay_schedule",
    mmcv: "CosineAnnealingLrUpdaterHook",
    fastai: "SchedCos",
  }),
  cosine_restarts: names({
    torch: "CosineAnnealingWarmRestarts",
    transformers: "cosine_with_restarts",
    timm: "CosineLRScheduler(cycle_limit)",
    keras: "CosineDecayRestarts",
    optax: "sgdr_schedule",
    mmcv: "CosineRestartLrUpdaterHook",
    fastai: "fit_sgdr",
  }),
  one_cycle: names({
    torch: "OneCycleLR",
    optax: "cosine_onecycle_schedule",
    mmcv: "OneCycleLrUpdaterHook",
    fastai: "fit_one_cycle",
  }),
  cyclic: names({ torch: "CyclicLR", mmcv: "CyclicLrUpdaterHook" }),
  inverse_sqrt: names({ torch: "LambdaLR", transformers: "inverse_sqrt" }),
  wsd: names({ torch: "SequentialLR", transformers: "warmup_stable_decay", optax: "join_schedules" }),
  reduce_on_plateau: names({
    torch: "ReduceLROnPlateau",
    transformers: "reduce_lr_on_plateau",
    timm: "PlateauLRScheduler",
    keras: "ReduceLROnPlateau",
    optax: "reduce_on_plateau",
  }),
  warmup: names({
    torch: "LinearLR in SequentialLR",
    transformers: "num_warmup_steps",
    timm: "warmup_t",
    keras: "CosineDecay(warmup_steps)",
    optax: "warmup_cosine_decay_schedule",
    pytorch_warmup: "LinearWarmup",
  }),
};
