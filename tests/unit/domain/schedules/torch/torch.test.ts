import { describe, expect, test } from "vitest";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { evaluateTorch } from "@/lib/domain/schedules/torch/evaluate";
import { torchLength, torchLr } from "@/lib/domain/schedules/torch/torch-lr";
import { inner, torchSchedule } from "@/tests/support/torch-schedule";

const steps = (schedule: LibrarySchedule, count: number) =>
  evaluateTorch({ ...schedule, stepping: { mode: "step", count } });
const calls = (schedule: LibrarySchedule, list: (number | null)[]) =>
  evaluateTorch({ ...schedule, stepping: { mode: "calls", calls: list } });

/** Schedulers with other parameters than the golden file has. */
const OTHERS: [string, Record<string, unknown>][] = [
  ["StepLR", { step_size: 17, gamma: 0.37 }],
  ["StepLR", { step_size: 1, gamma: 1.01 }],
  ["MultiStepLR", { milestones: [3, 41, 3, 90], gamma: 0.61 }],
  ["MultiStepLR", { milestones: [] }],
  ["ConstantLR", { factor: 0.73, total_iters: 61 }],
  ["ConstantLR", {}],
  ["LinearLR", { start_factor: 0.013, end_factor: 0.87, total_iters: 57 }],
  ["LinearLR", {}],
  ["ExponentialLR", { gamma: 0.973 }],
  ["PolynomialLR", { total_iters: 83, power: 1.7 }],
  ["CosineAnnealingLR", { T_max: 37, eta_min: 0.004 }],
  ["CosineAnnealingLR", { T_max: 3 }],
  ["CosineAnnealingWarmRestarts", { T_0: 5, T_mult: 3, eta_min: 0.002 }],
  ["MultiplicativeLR", { lr_lambda: { const: 0.93 } }],
  ["LambdaLR", { lr_lambda: { const: 0.4 } }],
  [
    "OneCycleLR",
    { max_lr: 0.7, total_steps: 211, pct_start: 0.21, three_phase: true, anneal_strategy: "linear" },
  ],
  [
    "CyclicLR",
    { base_lr: 0.002, max_lr: 0.05, step_size_up: 13, step_size_down: 29, mode: "exp_range", gamma: 0.99 },
  ],
  [
    "SequentialLR",
    {
      schedulers: [
        inner("LinearLR", { start_factor: 0.1, total_iters: 20 }),
        inner("PolynomialLR", { total_iters: 50 }),
        inner("CosineAnnealingWarmRestarts", { T_0: 7, T_mult: 2 }),
      ],
      milestones: [20, 90],
    },
  ],
  [
    "SequentialLR",
    {
      schedulers: [inner("LambdaLR", { lr_lambda: { const: 0.5 } }), inner("StepLR", { step_size: 9 })],
      milestones: [33],
    },
  ],
  [
    "SequentialLR",
    {
      schedulers: [inner("ConstantLR", {}), inner("LinearLR", {}), inner("ExponentialLR", { gamma: 0.9 })],
      milestones: [8, 8],
    },
  ],
  [
    "ChainedScheduler",
    {
      schedulers: [
        inner("StepLR", { step_size: 20, gamma: 0.5 }),
        inner("LinearLR", { total_iters: 30 }),
        inner("MultiplicativeLR", { lr_lambda: { const: 0.99 } }),
      ],
    },
  ],
];

describe("steps taken one by one agree with the closed form", () => {
  test.each(OTHERS)("%s %j", (name, kwargs) => {
    const schedule = torchSchedule(name, kwargs, { base_lrs: [0.1, 0.03] });
    const taken = steps(schedule, 200).lrs_by_group;
    const curve = torchLr(schedule);
    for (let t = 199; t >= 0; t--) {
      curve(t).forEach((lr, group) => expect(lr).toBeRelativelyClose(taken[group]![t]!, 1e-12, 0.7));
    }
  });
});

/** What only stepping tells: the closed form must not be used for these. */
const STEPPED: [string, Record<string, unknown>][] = [
  ["StepLR", { step_size: 2.5 }],
  ["ConstantLR", { factor: 0.5, total_iters: 0 }],
  ["LinearLR", { start_factor: 0.25, total_iters: 0 }],
  ["ExponentialLR", { gamma: 1.01 }],
  [
    "ChainedScheduler",
    {
      schedulers: [
        inner("LinearLR", { start_factor: 0.2, total_iters: 9 }),
        inner("CosineAnnealingLR", { T_max: 40, eta_min: 0.01 }),
      ],
    },
  ],
  [
    "SequentialLR",
    {
      schedulers: [
        inner("LinearLR", { total_iters: 9 }),
        inner("MultiplicativeLR", { lr_lambda: { const: 0.9 } }),
      ],
      milestones: [9],
    },
  ],
  [
    "SequentialLR",
    {
      schedulers: [
        inner("CyclicLR", { base_lr: 0.01, max_lr: 0.02, step_size_up: 4 }),
        inner("ExponentialLR", { gamma: 0.9 }),
      ],
      milestones: [11],
    },
  ],
  [
    "SequentialLR",
    {
      schedulers: [inner("ConstantLR", {}), inner("OneCycleLR", { max_lr: 0.3, total_steps: 60 })],
      milestones: [11],
    },
  ],
];

describe("read at any step, in any order, where there is no closed form", () => {
  test.each(STEPPED)("%s %j", (name, kwargs) => {
    const schedule = torchSchedule(name, kwargs);
    const taken = steps(schedule, 60).lrs_by_group[0]!;
    const curve = torchLr(schedule);
    for (const t of [59, 3, 3, 0, 41, 40]) expect(curve(t)).toEqual([taken[t]]);
  });

  test("far steps and back, across checkpoints", () => {
    const curve = torchLr(torchSchedule("ExponentialLR", { gamma: 1.0000001 }));
    const far = curve(150_000);
    expect(far[0]).toBeRelativelyClose(0.1 * 1.0000001 ** 150_000, 1e-9);
    const near = curve(70_000);
    expect(curve(150_000)).toEqual(far);
    expect(curve(70_000)).toEqual(near);
  });
});

describe(".step(x)", () => {
  test("sets the epoch and uses the closed form; a plain step goes on from there", () => {
    const { lrs_by_group } = calls(torchSchedule("ExponentialLR", { gamma: 0.5 }), [3, null, 1, null]);
    expect(lrs_by_group[0]).toEqual([0.1, 0.1 * 0.125, 0.1 * 0.0625, 0.05, 0.025]);
  });

  test("a class without closed form multiplies what it finds", () => {
    const { lrs_by_group } = calls(torchSchedule("MultiplicativeLR", { lr_lambda: { const: 0.5 } }), [7, 7]);
    expect(lrs_by_group[0]).toEqual([0.1, 0.05, 0.025]);
  });

  test("warm restarts take fractions, and a negative one raises", () => {
    const { lrs_by_group, raises } = calls(torchSchedule("CosineAnnealingWarmRestarts", { T_0: 4 }), [
      6,
      5.5,
      null,
      -1,
    ]);
    const at = (position: number) => (0.1 * (1 + Math.cos((Math.PI * position) / 4))) / 2;
    [0, 2, 1.5, 2.5].forEach((position, i) =>
      expect(lrs_by_group[0]![i]).toBeRelativelyClose(at(position), 1e-12),
    );
    expect(raises).toMatchObject({ at: "step", call_index: 3, type: "ValueError" });
  });

  test.each(["SequentialLR", "ChainedScheduler"])("%s takes no epoch", (name) => {
    const kwargs = { schedulers: [inner("StepLR", { step_size: 3 })], milestones: [] };
    expect(calls(torchSchedule(name, kwargs), [null, 4]).raises).toMatchObject({
      at: "step",
      call_index: 1,
      type: "TypeError",
    });
  });
});

describe("several param groups", () => {
  test("one function or LR per group", () => {
    const groups = { base_lrs: [1, 2] };
    const lambda = steps(
      torchSchedule("LambdaLR", { lr_lambda: [{ const: 0.5 }, { const: 0.25 }] }, groups),
      2,
    );
    expect(lambda.lrs_by_group).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
    const cyclic = steps(
      torchSchedule("CyclicLR", { base_lr: [0.1, 0.2], max_lr: [0.3, 0.6], step_size_up: 2 }, groups),
      3,
    );
    expect(cyclic.lrs_by_group[1]![2]).toBeRelativelyClose(0.6, 1e-12);
  });

  test.each([
    ["LambdaLR", { lr_lambda: [{ const: 1 }] }],
    ["OneCycleLR", { max_lr: [0.1, 0.2, 0.3], total_steps: 10 }],
    ["CyclicLR", { base_lr: 0.1, max_lr: [0.1], step_size_up: 3 }],
    ["ReduceLROnPlateau", { min_lr: [0, 0, 0] }],
  ])("%s refuses a list of another length", (name, kwargs) => {
    expect(steps(torchSchedule(name, kwargs, { base_lrs: [1, 2] }), 3).raises).toMatchObject({
      at: "construct",
      type: "ValueError",
    });
  });
});

describe("momentum", () => {
  test("OneCycleLR runs it against the LR", () => {
    const { momentums } = steps(
      torchSchedule("OneCycleLR", { max_lr: 1, total_steps: 20, pct_start: 0.5 }),
      20,
    );
    expect(momentums![0]).toBeRelativelyClose(0.95, 1e-12);
    expect(momentums![9]).toBeRelativelyClose(0.85, 1e-12);
    expect(momentums![19]).toBeRelativelyClose(0.95, 1e-12);
  });

  test("is not reported where nothing cycles it", () => {
    expect(steps(torchSchedule("StepLR", { step_size: 2 }), 3).momentums).toBeUndefined();
    expect(
      steps(torchSchedule("CyclicLR", { base_lr: 0.1, max_lr: 1, cycle_momentum: false }), 3).momentums,
    ).toBeUndefined();
  });
});

describe("raises", () => {
  const two = [inner("StepLR", { step_size: 3 }), inner("ExponentialLR", { gamma: 0.9 })];
  test.each<[string, Record<string, unknown>, string]>([
    ["ConstantLR", { factor: -0.1 }, "ValueError"],
    ["LinearLR", { start_factor: 0 }, "ValueError"],
    ["LinearLR", { end_factor: -1 }, "ValueError"],
    ["CosineAnnealingWarmRestarts", { T_0: 2.5 }, "ValueError"],
    ["CosineAnnealingWarmRestarts", { T_0: 5, T_mult: 0 }, "ValueError"],
    ["OneCycleLR", { max_lr: 1 }, "ValueError"],
    ["OneCycleLR", { max_lr: 1, epochs: 0, steps_per_epoch: 3 }, "ValueError"],
    ["OneCycleLR", { max_lr: 1, total_steps: 10, pct_start: 1.5 }, "ValueError"],
    ["OneCycleLR", { max_lr: 1, total_steps: 10, anneal_strategy: "poly" }, "ValueError"],
    ["OneCycleLR", { max_lr: 1, total_steps: 10, pct_start: 0.1 }, "ZeroDivisionError"],
    ["OneCycleLR", { max_lr: 1, total_steps: 10, div_factor: 0 }, "ZeroDivisionError"],
    ["CyclicLR", { base_lr: 0.1, max_lr: 1, step_size_up: 0, step_size_down: 5 }, "ZeroDivisionError"],
    ["SequentialLR", { schedulers: two, milestones: [] }, "ValueError"],
    ["SequentialLR", { schedulers: [], milestones: [] }, "ValueError"],
    ["SequentialLR", { schedulers: [inner("ReduceLROnPlateau", {}), two[0]], milestones: [4] }, "ValueError"],
    ["ChainedScheduler", { schedulers: [] }, "ValueError"],
    ["ChainedScheduler", { schedulers: [two[0], inner("ReduceLROnPlateau", {})] }, "ValueError"],
    ["ReduceLROnPlateau", { factor: 1 }, "ValueError"],
    ["ReduceLROnPlateau", { mode: "least" }, "ValueError"],
    ["ReduceLROnPlateau", { threshold_mode: "relative" }, "ValueError"],
    ["StepLR", { step_size: 3, last_epoch: 5 }, "KeyError"],
  ])("%s %j raises %s when constructed", (name, kwargs, type) => {
    const { raises, lrs_by_group } = steps(torchSchedule(name, kwargs), 5);
    expect(raises).toMatchObject({ at: "construct", type });
    expect(lrs_by_group).toEqual([[]]);
  });

  test.each<[string, Record<string, unknown>, number, string]>([
    ["StepLR", { step_size: 0 }, 0, "ZeroDivisionError"],
    ["CosineAnnealingLR", { T_max: 0 }, 0, "ZeroDivisionError"],
    ["ConstantLR", { factor: 0, total_iters: 3 }, 2, "ZeroDivisionError"],
    ["PolynomialLR", { total_iters: 4, power: -1 }, 3, "ZeroDivisionError"],
    ["OneCycleLR", { max_lr: 1, total_steps: 4 }, 4, "ValueError"],
    [
      "SequentialLR",
      { schedulers: [two[0], inner("SequentialLR", { schedulers: two, milestones: [2] })], milestones: [3] },
      2,
      "NotImplementedError",
    ],
    [
      "SequentialLR",
      { schedulers: [two[0], inner("LinearLR", { total_iters: 0 })], milestones: [3] },
      2,
      "ZeroDivisionError",
    ],
  ])("%s %j raises at call %i", (name, kwargs, call_index, type) => {
    const { raises, lrs_by_group } = steps(torchSchedule(name, kwargs), 8);
    expect(raises).toMatchObject({ at: "step", call_index, type });
    expect(lrs_by_group[0]).toHaveLength(call_index + 1);
  });

  test("a curve raises from the failing step on, and not before", () => {
    const curve = torchLr(torchSchedule("ConstantLR", { factor: 0, total_iters: 3 }));
    expect(() => curve(5)).toThrow("division by zero");
    expect(curve(2)).toEqual([0]);
    expect(() => curve(3)).toThrow("division by zero");
  });
});

describe("bad declarations", () => {
  test.each<[string, LibrarySchedule, string, RegExp]>([
    ["unknown class", torchSchedule("StepLRR", {}), "schedule.constructor", /known: StepLR, MultiStepLR/],
    ["a name of every object", torchSchedule("toString", {}), "schedule.constructor", /unknown scheduler/],
    [
      "unknown argument",
      torchSchedule("StepLR", { step_size: 3, gama: 1 }),
      "schedule.kwargs.gama",
      /known: step_size, gamma/,
    ],
    ["missing argument", torchSchedule("StepLR", {}), "schedule.kwargs.step_size", /required/],
    [
      "wrong type",
      torchSchedule("StepLR", { step_size: "3" }),
      "schedule.kwargs.step_size",
      /expected a finite number/,
    ],
    [
      "inner argument",
      torchSchedule("ChainedScheduler", { schedulers: [inner("ExponentialLR", { gamma: null })] }),
      "schedule.kwargs.schedulers[0].kwargs.gamma",
      /expected/,
    ],
    [
      "inner class",
      torchSchedule("ChainedScheduler", { schedulers: [inner("Nope", {})] }),
      "schedule.kwargs.schedulers[0].constructor",
      /unknown/,
    ],
    ["no LR", torchSchedule("StepLR", { step_size: 3 }, { base_lrs: [] }), "schedule.base_lrs", /required/],
    [
      "resume of another size",
      torchSchedule("StepLR", { step_size: 3 }, { resume: { initial_lr: [1], group_lr: [1, 2] } }),
      "schedule.resume.initial_lr",
      /expected 2/,
    ],
    [
      "a lambda that is no constant",
      torchSchedule("LambdaLR", { lr_lambda: { linear: 3 } }),
      "schedule.kwargs.lr_lambda.linear",
      /unknown argument/,
    ],
  ])("%s", (_name, schedule, path, message) => {
    expect(() => steps(schedule, 3)).toThrowError(
      expect.objectContaining({ name: "ScheduleError", path, message: expect.stringMatching(message) }),
    );
  });

  test("nesting without end", () => {
    let nested = inner("StepLR", { step_size: 1 });
    for (let i = 0; i < 50; i++) nested = inner("ChainedScheduler", { schedulers: [nested] });
    expect(() => steps(torchSchedule("ChainedScheduler", { schedulers: [nested] }), 3)).toThrow(
      /nested more than 16 deep/,
    );
  });
});

test("ReduceLROnPlateau without metrics stays where it is", () => {
  expect(steps(torchSchedule("ReduceLROnPlateau", { patience: 3 }), 4).lrs_by_group).toEqual([
    [0.1, 0.1, 0.1, 0.1],
  ]);
  expect(torchLr(torchSchedule("ReduceLROnPlateau", {}))(1e6)).toEqual([0.1]);
});

describe("torchLength", () => {
  test.each<[string, Record<string, unknown>, number | null]>([
    ["CosineAnnealingLR", { T_max: 40 }, 40],
    ["StepLR", { step_size: 3 }, null],
    ["OneCycleLR", { max_lr: 1, epochs: 3, steps_per_epoch: 7 }, 21],
    [
      "SequentialLR",
      { schedulers: [inner("LinearLR", {}), inner("CosineAnnealingLR", { T_max: 30 })], milestones: [5] },
      35,
    ],
    [
      "SequentialLR",
      { schedulers: [inner("LinearLR", {}), inner("StepLR", { step_size: 30 })], milestones: [5] },
      null,
    ],
    [
      "ChainedScheduler",
      { schedulers: [inner("LinearLR", { total_iters: 9 }), inner("StepLR", { step_size: 30 })] },
      9,
    ],
    ["ChainedScheduler", { schedulers: [inner("StepLR", { step_size: 30 })] }, null],
  ])("%s %j", (name, kwargs, length) => expect(torchLength(torchSchedule(name, kwargs))).toBe(length));
});
