import { describe, expect, test } from "vitest";
import { compileDeclared } from "@/lib/domain/schedules/declared";
import { evaluateLibrary } from "@/lib/domain/schedules/evaluate-library";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";

/** What a caller is told: the field, and words that help. */
type Told = [path: string, message: RegExp];

/** A caller who got nothing right but the library. */
const UNKNOWN: [library: NonNullable<LibrarySchedule["library"]>, wrong: string, near: string][] = [
  ["torch", "StepLr", "StepLR"],
  ["torch", "torch.optim.lr_scheduler.CosineAnealingLR", "CosineAnnealingLR"],
  ["transformers", "get_linear_schedule_with_warmups", "get_linear_schedule_with_warmup"],
  ["timm", "timm.scheduler.CosineLRSchduler", "CosineLRScheduler"],
  ["timm", "PlateauLRSchedular", "PlateauLRScheduler"],
  ["keras", "CosineDecayRestart", "CosineDecayRestarts"],
  ["optax", "cosine_decay_schedul", "cosine_decay_schedule"],
  ["mmcv", "CyclicLrUpdateHook", "CyclicLrUpdaterHook"],
  ["pytorch_warmup", "LinearWarmUps", "LinearWarmup"],
  ["fastai", "fit_onecycle", "fit_one_cycle"],
];

const refusal = ([path, message]: Told) =>
  expect.objectContaining({ name: "ScheduleError", path, message: expect.stringMatching(message) });

const evaluators = {
  "driven by its own stepping": evaluateLibrary,
  "over a run": (schedule: LibrarySchedule) => compileDeclared(schedule),
};

describe.each(Object.entries(evaluators))("%s", (_, evaluate) => {
  const refused = (schedule: LibrarySchedule, ...told: Told) =>
    expect(() => evaluate(schedule)).toThrow(refusal(told));

  test.each(UNKNOWN)(
    "%s %s is what is wrong first, with nothing else given",
    (library, constructor, near) => {
      refused(
        { library, constructor, kwargs: {} },
        "schedule.constructor",
        new RegExp(`unknown ${library} constructor .*\\(did you mean ${near}\\?\\); known: `),
      );
    },
  );

  test("a name that is near to no other is told the ones there are", () => {
    const told: Told = ["schedule.constructor", /unknown torch constructor Frobnicate; known: StepLR, /];
    refused({ library: "torch", constructor: "Frobnicate", kwargs: {} }, ...told);
  });

  test("a slip of the pen that tells no library", () => {
    const told: Told = ["schedule.constructor", /StepLr is in no known library \(did you mean StepLR\?\)/];
    refused({ constructor: "StepLr", kwargs: {} }, ...told);
    refused({ constructor: "Frobnicate", kwargs: {} }, "schedule.library", /name one of torch/);
    refused({ constructor: "ReduceLROnPlateau", kwargs: {} }, "schedule.library", /in several libraries/);
  });

  test("a library that is not one", () => {
    const schedule = JSON.parse('{"library": "tourch", "constructor": "StepLR", "kwargs": {}}');
    refused(schedule, "schedule.library", /unknown library tourch \(did you mean torch\?\); known: torch, /);
  });
});

const NESTED = { constructor: "LinearLR", kwargs: {} };

describe("the field is named by its path", () => {
  test.each<[constructor: string, kwargs: Record<string, unknown>, ...told: Told]>([
    // Unknown.
    ["torch.StepLR", { step_sise: 3 }, "step_sise", /\(did you mean step_size\?\); known: step_size, gamma/],
    ["torch.StepLR", { step_size: 3, lr: 1 }, "lr", /^unknown argument; known: /],
    ["timm.CosineLRScheduler", { t_initial: 3, cycle_limits: 2 }, "cycle_limits", /mean cycle_limit\?/],
    ["keras.CosineDecay", { initial_lr: 1, decay_steps: 2 }, "initial_lr", /known: initial_learning_rate/],
    ["optax.linear_schedule", { init_values: 1 }, "init_values", /mean init_value\?/],
    ["mmcv.StepLrUpdaterHook", { step: 1, gama: 0.1 }, "gama", /mean gamma\?/],
    ["fastai.SchedCos", { begin: 1, end: 0 }, "begin", /known: start, end/],
    ["pytorch_warmup.LinearWarmup", { warmup_periods: 1 }, "warmup_periods", /mean warmup_period\?/],
    [
      "transformers.get_linear_schedule_with_warmup",
      { num_warmup_steps: 1, num_training_steps: 9, num_cycles: 1 },
      "num_cycles",
      /unknown argument/,
    ],
    // Missing.
    ["torch.CosineAnnealingLR", {}, "T_max", /required argument: a finite number/],
    ["timm.StepLRScheduler", {}, "decay_t", /required argument/],
    ["keras.ExponentialDecay", { initial_learning_rate: 1 }, "decay_steps", /required argument/],
    ["transformers.get_scheduler", {}, "name", /required argument: a string/],
    ["transformers.get_wsd_schedule", { num_warmup_steps: 1 }, "num_decay_steps", /required argument/],
    // Of a wrong type.
    ["torch.OneCycleLR", { max_lr: "0.1", total_steps: 9 }, "max_lr", /a finite number, or a list/],
    ["torch.MultiStepLR", { milestones: [1, "2"] }, "milestones", /a list, each entry a finite number/],
    ["timm.MultiStepLRScheduler", { decay_t: 3 }, "decay_t", /a list/],
    ["optax.cosine_decay_schedule", { init_value: null, decay_steps: 1 }, "init_value", /a finite number/],
    [
      "transformers.get_scheduler",
      { name: "constant", scheduler_specific_kwargs: { last_epoch: 0.5 } },
      "scheduler_specific_kwargs.last_epoch",
      /an integer/,
    ],
    ["transformers.get_constant_schedule", { last_epoch: "now" }, "last_epoch", /an integer/],
    // Inside another schedule.
    [
      "torch.SequentialLR",
      { schedulers: [NESTED, { constructor: "StepLr" }], milestones: [1] },
      "schedulers[1].constructor",
      /mean StepLR\?/,
    ],
    [
      "torch.ChainedScheduler",
      { schedulers: [{ constructor: "LambdaLR", kwargs: { lr_lambda: [{ const: 1 }, { constant: 1 }] } }] },
      "schedulers[0].kwargs.lr_lambda[1].constant",
      /known: const$/,
    ],
    [
      "optax.join_schedules",
      { schedules: [{ constructor: "constant_schedule" }], boundaries: [] },
      "schedules[0].kwargs.value",
      /required/,
    ],
    // What the library itself refuses, where its words name an argument.
    ["torch.CosineAnnealingWarmRestarts", { T_0: 1.5 }, "T_0", /ValueError: Expected positive integer T_0/],
    ["torch.OneCycleLR", { max_lr: 1, total_steps: -1 }, "total_steps", /raises ValueError/],
    ["torch.OneCycleLR", { max_lr: 1, total_steps: 9, pct_start: 2 }, "pct_start", /raises ValueError/],
    ["torch.CyclicLR", { base_lr: 0, max_lr: 1, mode: "square" }, "mode", /mode is invalid/],
    ["keras.CosineDecay", { initial_learning_rate: 1, decay_steps: 0 }, "decay_steps", /must be > 0/],
    [
      "optax.cosine_decay_schedule",
      { init_value: 1, decay_steps: -2 },
      "decay_steps",
      /positive decay_steps/,
    ],
  ])("%s %j: %s", (constructor, kwargs, field, message) => {
    const schedule = { constructor, kwargs, base_lrs: [0.1, 0.2] };
    const lengths = { stepsPerEpoch: 10, totalSteps: 100 };
    expect(() => compileDeclared(schedule, lengths)).toThrow(refusal([`schedule.kwargs.${field}`, message]));
  });

  test("what the library refuses in no argument's name is the whole schedule's", () => {
    const schedule = { constructor: "timm.TanhLRScheduler", kwargs: { t_initial: 0 }, base_lrs: [0.1] };
    expect(() => compileDeclared(schedule)).toThrow(refusal(["schedule", /raises AssertionError/]));
  });

  test.each<[object, ...told: Told]>([
    [{ base_lrs: undefined }, "schedule.base_lrs", /required: one LR per param group/],
    [{ base_lrs: [] }, "schedule.base_lrs", /required/],
    [{ stepping: undefined }, "schedule.stepping", /^required, with mode timm-epoch or timm-update$/],
    [
      { stepping: { mode: "eval", count: 3 } },
      "schedule.stepping",
      /^expected one with mode timm-epoch or timm-update, got mode eval$/,
    ],
    [{ stepping: { unit: "epoch" } }, "schedule.stepping", /got unit epoch$/],
    [{ lr_scale: [1, 1] }, "schedule.lr_scale", /one multiplier per param group/],
  ])("%j", (fields, ...told) => {
    const schedule: LibrarySchedule = {
      constructor: "timm.CosineLRScheduler",
      kwargs: { t_initial: 4 },
      base_lrs: [0.1],
      stepping: { mode: "timm-epoch", count: 3 },
      ...fields,
    };
    expect(() => evaluateLibrary(schedule)).toThrow(refusal(told));
  });
});
