import { describe, expect, test } from "vitest";
import { compileDeclared, isNative, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { goldenLrs, goldenSchedules, scheduleOf } from "@/tests/support/golden-schedules";
import { inner, torchSchedule } from "@/tests/support/torch-schedule";

const cosine: ScheduleSpec = { kind: "cosine", peak: 0.1, floor: 0, steps: 100 };
const columns = (list: Float64Array[]) => list.map((column) => [...column]);

test.each<[string, DeclaredSchedule, number | null]>([
  ["as long as a run can be", { ...cosine, steps: Number.MAX_SAFE_INTEGER }, Number.MAX_SAFE_INTEGER],
  ["longer than that", { ...cosine, steps: 2 ** 54 }, null],
  [
    "too long in epochs",
    { kind: "per_epoch", steps_per_epoch: 1e12, spec: { ...cosine, steps: 1e12 } },
    null,
  ],
  ["too long in its library", torchSchedule("CosineAnnealingLR", { T_max: 1e308 }), null],
])("a schedule %s ends there or never", (_, schedule, length) => {
  expect(compileDeclared(schedule).length).toBe(length);
});

describe("native", () => {
  test("one column per group, by range and at steps", () => {
    const compiled = compileDeclared({
      kind: "groups",
      groups: [{ spec: cosine }, { spec: { kind: "constant", value: 2 } }],
    });
    expect(compiled).toMatchObject({ groups: 2, length: 100, needsMetrics: false });
    expect(columns(compiled.lrs(0, 200, 50))).toEqual(
      [
        [0.1, 0.05, 0, 0],
        [2, 2, 2, 2],
      ].map((column) => column.map((x) => expect.closeTo(x, 15))),
    );
    expect(columns(compiled.at([100, 0]))).toEqual([
      [0, 0.1],
      [2, 2],
    ]);
  });

  test.each<[string, ScheduleSpec]>([
    [
      "warmup",
      {
        kind: "warmup",
        shape: "linear",
        steps: 3,
        start_factor: 0,
        then: { kind: "reduce_on_plateau", peak: 1, monitor: "m" },
      },
    ],
    [
      "sequence",
      {
        kind: "sequence",
        parts: [
          { spec: cosine, steps: 3 },
          { spec: { kind: "reduce_on_plateau", peak: 1, monitor: "m" }, steps: 1 },
        ],
      },
    ],
    ["product", { kind: "product", factors: [{ kind: "reduce_on_plateau", peak: 1, monitor: "m" }] }],
    [
      "per_epoch",
      { kind: "per_epoch", spec: { kind: "reduce_on_plateau", peak: 1, monitor: "m" }, steps_per_epoch: 2 },
    ],
    [
      "groups",
      {
        kind: "groups",
        groups: [{ spec: cosine }, { spec: { kind: "reduce_on_plateau", peak: 1, monitor: "m" } }],
      },
    ],
  ])("a plateau inside a %s needs metrics", (_name, spec) =>
    expect(compileDeclared(spec).needsMetrics).toBe(true),
  );
});

test("isNative tells the two apart, whatever the objects inherit", () => {
  expect(isNative(cosine)).toBe(true);
  expect(isNative(torchSchedule("StepLR", { step_size: 3 }))).toBe(false);
});

describe("library schedules on a run give the golden numbers", () => {
  const cases = (
    ["torch", "transformers", "timm", "keras", "optax", "mmcv", "pytorch_warmup", "fastai"] as const
  )
    .flatMap((library) => goldenSchedules(library))
    .filter(
      ({ spec, raises }) =>
        !raises && spec.stepping && "count" in spec.stepping && !("eval" in spec.stepping),
    );

  test.each(cases)("$id", (golden) => {
    const want = goldenLrs(golden);
    const scale = Math.max(...want.flat().map(Math.abs));
    const got = compileDeclared(scheduleOf(golden)).lrs(0, want[0]!.length);
    expect(got.length).toBe(want.length);
    want.forEach((lrs, group) =>
      lrs.forEach((lr, t) => expect(got[group]![t]).toBeRelativelyClose(lr, 1e-11, scale)),
    );
  });
});

describe("stepping per epoch", () => {
  const stepLr = torchSchedule(
    "StepLR",
    { step_size: 2, gamma: 0.5 },
    { base_lrs: [8], stepping: { unit: "epoch" } },
  );

  test("an update sees the scheduler steps of the epochs before it", () => {
    const compiled = compileDeclared(stepLr, { stepsPerEpoch: 10 });
    expect(columns(compiled.at([0, 19, 20, 39, 40]))).toEqual([[8, 8, 4, 4, 2]]);
  });

  test("the length counts updates", () => {
    const annealing = torchSchedule("CosineAnnealingLR", { T_max: 30 }, { stepping: { unit: "epoch" } });
    expect(compileDeclared(annealing, { stepsPerEpoch: 7 }).length).toBe(210);
  });

  test("without the epoch's length it names what is missing", () => {
    expect(() => compileDeclared(stepLr)).toThrowError(
      expect.objectContaining({ name: "ScheduleError", path: "steps_per_epoch" }),
    );
    expect(compileDeclared({ ...stepLr, stepping: { unit: "step" } }).at([2])[0]![0]).toBe(4);
  });

  test.each([
    [{ unit: "step" as const, every: 3 }, [8, 8, 8, 8, 8, 8, 4, 4], 2],
    [{ unit: "epoch" as const, every: 2 }, [8, 8, 8, 8, 8, 8, 8, 8], 2],
    [{ unit: "step" as const, calls: 2 }, [8, 4, 2, 1, 0.5, 0.25, 0.125, 0.0625], 2],
    [{ unit: "step" as const, calls: 2, until: 5 }, [8, 4, 2, 2, 2, 2, 2, 2], 2],
    // Five updates an epoch: one call after the third of each, none after what is left.
    [{ unit: "step" as const, every: 3, each_epoch: true }, [8, 8, 8, 8, 8, 8, 8, 8, 4], 5],
  ])("%j", (stepping, lrs, stepsPerEpoch) => {
    const compiled = compileDeclared({ ...stepLr, stepping }, { stepsPerEpoch });
    expect([...compiled.lrs(0, lrs.length)[0]!]).toEqual(lrs);
  });

  test.each([
    [{ unit: "step" as const, every: 4 }, 120],
    [{ unit: "epoch" as const, every: 2 }, 420],
    [{ unit: "step" as const, calls: 4 }, 8],
    [{ unit: "step" as const, until: 12 }, 12],
    // Two calls in each epoch of seven.
    [{ unit: "step" as const, every: 3, each_epoch: true }, 105],
    [{ unit: "step" as const, every: 8, each_epoch: true }, null],
  ])("%j: the length in updates is %j", (stepping, length) => {
    const annealing = torchSchedule("CosineAnnealingLR", { T_max: 30 }, { stepping });
    expect(compileDeclared(annealing, { stepsPerEpoch: 7 }).length).toBe(length);
  });

  test("timm counts epochs too", () => {
    const timm: LibrarySchedule = {
      library: "timm",
      constructor: "timm.scheduler.StepLRScheduler",
      kwargs: { decay_t: 1, decay_rate: 0.5 },
      base_lrs: [8],
      stepping: { unit: "epoch" },
    };
    expect(columns(compileDeclared(timm, { stepsPerEpoch: 5 }).at([0, 4, 5, 10]))).toEqual([[8, 8, 4, 2]]);
  });
});

describe("schedules that need the run's length", () => {
  const fastai: LibrarySchedule = {
    library: "fastai",
    constructor: "fastai.SchedLin",
    kwargs: { start: 1, end: 0 },
  };
  const mmcv: LibrarySchedule = {
    library: "mmcv",
    constructor: "mmcv.runner.hooks.PolyLrUpdaterHook",
    kwargs: { by_epoch: false, power: 1 },
    base_lrs: [1],
  };

  test("take it from the run", () => {
    expect(compileDeclared(fastai, { totalSteps: 100 }).at([25])[0]![0]).toBeRelativelyClose(0.75, 1e-6);
    expect(compileDeclared(mmcv, { totalSteps: 100, stepsPerEpoch: 10 }).at([25])[0]![0]).toBeRelativelyClose(
      0.75,
      1e-12,
    );
  });

  test.each<[DeclaredSchedule, object, string]>([
    [fastai, {}, "total_steps"],
    [mmcv, { totalSteps: 100 }, "steps_per_epoch"],
    [mmcv, { stepsPerEpoch: 10 }, "total_steps"],
  ])("or name it %#", (schedule, lengths, path) => {
    expect(() => compileDeclared(schedule, lengths)).toThrowError(
      expect.objectContaining({ name: "ScheduleError", path }),
    );
  });
});

describe("where the library raises", () => {
  test("the last LR holds from there on, in whatever order it is asked", () => {
    const compiled = compileDeclared(torchSchedule("OneCycleLR", { max_lr: 1, total_steps: 50 }));
    const [last] = compiled.at([50])[0]!;
    expect(columns(compiled.at([51, 5000, 50]))).toEqual([[last, last, last]]);
    expect(compiled.at([49])[0]![0]).not.toBe(last);
    expect(compiled.lrs(0, 10_000, 2500)[0]![3]).toBe(last);
  });

  test("also where there is only stepping", () => {
    const zero = torchSchedule("ChainedScheduler", {
      schedulers: [inner("ExponentialLR", { gamma: 0.5 }), inner("StepLR", { step_size: 0 })],
    });
    expect(columns(compileDeclared(zero).lrs(0, 4))).toEqual([[0.1, 0.1, 0.1, 0.1]]);
  });

  test("a constructor that raises is a bad declaration", () => {
    const bad = torchSchedule("ConstantLR", { factor: 2 });
    expect(() => compileDeclared(bad)).toThrowError(
      expect.objectContaining({
        name: "ScheduleError",
        path: "schedule.kwargs.factor",
        message: expect.stringMatching(/ValueError: Constant/),
      }),
    );
  });
});

describe("lengths and metrics of library schedules", () => {
  test.each<[LibrarySchedule, number | null, boolean]>([
    [torchSchedule("ReduceLROnPlateau", {}, { monitor: "val/loss" }), null, true],
    [{ constructor: "keras.callbacks.ReduceLROnPlateau", kwargs: {}, base_lrs: [1] }, null, true],
    [
      { constructor: "transformers.get_scheduler", kwargs: { name: "reduce_lr_on_plateau" }, base_lrs: [1] },
      null,
      true,
    ],
    [
      {
        constructor: "transformers.get_scheduler",
        kwargs: { name: "linear", num_warmup_steps: 0, num_training_steps: 9 },
        base_lrs: [1],
      },
      9,
      false,
    ],
    [
      {
        constructor: "optax.warmup_cosine_decay_schedule",
        kwargs: { init_value: 0, peak_value: 1, warmup_steps: 5, decay_steps: 40 },
      },
      40,
      false,
    ],
    [
      {
        constructor: "keras.optimizers.schedules.CosineDecay",
        kwargs: { initial_learning_rate: 0.1, decay_steps: 30, warmup_target: 1, warmup_steps: 5 },
      },
      35,
      false,
    ],
    [{ constructor: "optax.constant_schedule", kwargs: { value: 1 } }, null, false],
    [
      { constructor: "timm.scheduler.CosineLRScheduler", kwargs: { t_initial: 30 }, base_lrs: [1] },
      30,
      false,
    ],
  ])("%# $constructor", (schedule, length, needsMetrics) => {
    expect(compileDeclared(schedule)).toMatchObject({ length, needsMetrics });
  });
});
