import { describe, expect, test } from "vitest";
import { compileDeclared } from "@/lib/domain/schedules/declared";
import { evaluateLibrary } from "@/lib/domain/schedules/evaluate-library";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";

const STEP = { constructor: "StepLR", kwargs: { step_size: 2, gamma: 0.5 } };
const EXP = { constructor: "ExponentialLR", kwargs: { gamma: 0.9 } };

/** Each class of torch with arguments that it cannot do without. */
const CLASSES: Record<string, Record<string, unknown>> = {
  StepLR: STEP.kwargs,
  MultiStepLR: { milestones: [1, 3] },
  ConstantLR: {},
  LinearLR: {},
  ExponentialLR: EXP.kwargs,
  PolynomialLR: {},
  CosineAnnealingLR: { T_max: 4 },
  OneCycleLR: { max_lr: 1, total_steps: 10, cycle_momentum: false },
  CyclicLR: { base_lr: 0.1, max_lr: 1, cycle_momentum: false },
  SWALR: { swa_lr: 0.05 },
  CosineAnnealingWarmRestarts: { T_0: 3 },
  ReduceLROnPlateau: {},
  SequentialLR: { schedulers: [STEP, EXP], milestones: [2] },
  ChainedScheduler: { schedulers: [STEP, EXP] },
};

const scheduleOf = (name: string, kwargs: Record<string, unknown>): LibrarySchedule => ({
  library: "torch",
  constructor: name,
  kwargs,
  base_lrs: [0.1],
  stepping: { mode: "step", count: 5 },
});

describe.each(Object.entries(CLASSES))("%s", (name, kwargs) => {
  test.each([true, false, "deprecated", null])("takes verbose=%j as torch did, without effect", (verbose) => {
    const said = scheduleOf(name, { ...kwargs, verbose });
    const plain = scheduleOf(name, kwargs);
    expect(evaluateLibrary(said)).toEqual(evaluateLibrary(plain));
    const steps = [0, 1, 2, 3, 4];
    expect(compileDeclared(said).at(steps)).toEqual(compileDeclared(plain).at(steps));
  });

  test("refuses another value by name", () => {
    const wrong = scheduleOf(name, { ...kwargs, verbose: "loud" });
    expect(() => evaluateLibrary(wrong)).toThrow(
      expect.objectContaining({ path: "schedule.kwargs.verbose", message: expect.stringContaining("true") }),
    );
  });
});

test("within another scheduler too", () => {
  const talking = [STEP, EXP].map((child) => ({ ...child, kwargs: { ...child.kwargs, verbose: true } }));
  const kwargs = { milestones: [2], last_epoch: -1 };
  expect(evaluateLibrary(scheduleOf("SequentialLR", { ...kwargs, schedulers: talking }))).toEqual(
    evaluateLibrary(scheduleOf("SequentialLR", { ...kwargs, schedulers: [STEP, EXP] })),
  );
});

test.each([
  ["torch.optim.lr_scheduler.ReduceLROnPlateau", { verbose: "deprecated" }],
  ["keras.callbacks.ReduceLROnPlateau", { verbose: 1, monitor: "val_loss" }],
  ["timm.scheduler.PlateauLRScheduler", { verbose: true, initialize: true }],
  ["transformers.optimization.GreedyLR", { verbose: true }],
])("a policy in the words of %s takes %j", (constructor, config) => {
  expect(normalisePolicy({ constructor, config }).spec).toEqual(normalisePolicy({ constructor }).spec);
});
