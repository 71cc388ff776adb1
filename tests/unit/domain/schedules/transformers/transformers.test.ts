import { describe, expect, test } from "vitest";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import {
  evaluateTransformers,
  transformersLength,
  transformersLr,
  transformersNeedsMetrics,
} from "@/lib/domain/schedules/transformers/evaluate";

const schedule = (
  name: string,
  specific: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): LibrarySchedule => ({
  constructor: "transformers.get_scheduler",
  kwargs: {
    name,
    num_warmup_steps: 10,
    num_training_steps: 110,
    scheduler_specific_kwargs: specific,
    ...more,
  },
  base_lrs: [0.2, 0.1],
});
const first = (
  name: string,
  t: number,
  specific: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
) => transformersLr(schedule(name, specific, more))(t)[0];

describe("values worked out by hand", () => {
  test.each([
    [
      "constant",
      {},
      [
        [0, 0.2],
        [500, 0.2],
      ],
    ],
    [
      "constant_with_warmup",
      {},
      [
        [0, 0],
        [5, 0.1],
        [10, 0.2],
        [500, 0.2],
      ],
    ],
    [
      "linear",
      {},
      [
        [0, 0],
        [10, 0.2],
        [60, 0.1],
        [110, 0],
        [200, 0],
      ],
    ],
    [
      "cosine",
      {},
      [
        [10, 0.2],
        [60, 0.1],
        [110, 0],
        [160, 0.1],
        [210, 0.2],
      ],
    ],
    [
      "cosine_with_restarts",
      { num_cycles: 2 },
      [
        [10, 0.2],
        [35, 0.1],
        [60, 0.2],
        [85, 0.1],
        [110, 0],
        [300, 0],
      ],
    ],
    [
      "polynomial",
      { power: 2, lr_end: 0.1 },
      [
        [10, 0.2],
        [60, 0.125],
        [110, 0.1],
        [111, 0.1],
      ],
    ],
    [
      "inverse_sqrt",
      {},
      [
        [10, 0.2],
        [40, 0.1],
        [160, 0.05],
      ],
    ],
    [
      "inverse_sqrt",
      { timescale: 100 },
      [
        [10, 0.2],
        [310, 0.1],
      ],
    ],
    [
      "cosine_with_min_lr",
      { min_lr: 0.05 },
      [
        [10, 0.2],
        [60, 0.125],
        [110, 0.05],
      ],
    ],
    ["cosine_with_min_lr", { min_lr_rate: 0.25 }, [[110, 0.05]]],
    [
      "cosine_warmup_with_min_lr",
      { min_lr_rate: 0 },
      [
        [0, 0.02],
        [9, 0.2],
        [59, 0.1],
        [109, 0],
      ],
    ],
    [
      "cosine_warmup_with_min_lr",
      { min_lr_rate: 0, warmup_lr_rate: 0.1 },
      [
        [0, 0.02],
        [9, 0.2],
      ],
    ],
    [
      "warmup_stable_decay",
      { num_decay_steps: 40, decay_type: "1-sqrt" },
      [
        [5, 0.1],
        [10, 0.2],
        [70, 0.2],
        [80, 0.1],
        [110, 0],
      ],
    ],
    [
      "warmup_stable_decay",
      { num_decay_steps: 40, num_stable_steps: 0, min_lr_ratio: 0.5, decay_type: "linear" },
      [
        [0, 0.1],
        [10, 0.2],
        [30, 0.15],
        [50, 0.1],
      ],
    ],
    [
      "reduce_lr_on_plateau",
      { patience: 3 },
      [
        [0, 0.2],
        [300, 0.2],
      ],
    ],
  ] as [string, Record<string, unknown>, [number, number][]][])("%s %j", (name, specific, points) => {
    for (const [t, lr] of points) expect(first(name, t, specific)).toBeRelativelyClose(lr, 1e-12, 1e-3);
  });
});

test("absolute floors refer to the first group's LR, so others end at the same ratio", () => {
  expect(transformersLr(schedule("polynomial", { lr_end: 0.1 }))(200)).toEqual([0.1, 0.05]);
});

test(".step(x) moves LambdaLR to that epoch", () => {
  const got = evaluateTransformers({
    ...schedule("linear"),
    stepping: { mode: "calls", calls: [60, null, 5] },
  });
  expect(got.lrs_by_group[1]).toEqual([0, 0.05, 0.049, 0.05]);
});

describe("raises", () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>, RegExp]>([
    ["linear", {}, { num_warmup_steps: null }, /SchedulerType.LINEAR requires `num_warmup_steps`/],
    ["cosine", {}, { num_training_steps: null }, /requires `num_training_steps`/],
    ["constant_with_warmup", {}, { num_warmup_steps: null }, /requires/],
    ["cosine_with_min_lr", {}, {}, /One of min_lr or min_lr_rate/],
    ["polynomial", { lr_end: 1 }, {}, /must be smaller/],
    ["warmup_stable_decay", { num_decay_steps: 5, warmup_type: "exp" }, {}, /Unknown warmup type/],
    ["linearly", {}, {}, /not a valid SchedulerType \(did you mean linear\?\); known: linear, cosine/],
  ])("%s %j %j", (name, specific, more, message) => {
    const got = evaluateTransformers({
      ...schedule(name, specific, more),
      stepping: { mode: "step", count: 5 },
    });
    expect(got.raises).toMatchObject({
      at: "construct",
      type: "ValueError",
      message: expect.stringMatching(message),
    });
    expect(got.lrs_by_group).toEqual([[], []]);
  });

  test("a polynomial without decay steps divides by zero at its last step", () => {
    const got = evaluateTransformers({
      ...schedule("polynomial", {}, { num_training_steps: 10 }),
      stepping: { mode: "step", count: 20 },
    });
    expect(got.raises).toMatchObject({ at: "step", call_index: 9, type: "ZeroDivisionError" });
  });
});

describe("bad declarations", () => {
  test.each([
    [
      "unknown specific argument",
      schedule("cosine", { cycles: 1 }),
      "schedule.kwargs.scheduler_specific_kwargs.cycles",
    ],
    ["unknown argument", schedule("cosine", {}, { warmup: 3 }), "schedule.kwargs.warmup"],
    [
      "missing decay steps",
      schedule("warmup_stable_decay"),
      "schedule.kwargs.scheduler_specific_kwargs.num_decay_steps",
    ],
    ["no name", { ...schedule("cosine"), kwargs: {} }, "schedule.kwargs.name"],
    [
      "another function",
      { ...schedule("cosine"), constructor: "transformers.get_schedule" },
      "schedule.constructor",
    ],
  ])("%s", (_name, bad, path) => {
    expect(() => transformersLr(bad)).toThrowError(expect.objectContaining({ name: "ScheduleError", path }));
  });
});

test("length and metrics", () => {
  expect(transformersLength(schedule("cosine"))).toBe(110);
  expect(transformersLength(schedule("constant", {}, { num_training_steps: null }))).toBeNull();
  expect(transformersNeedsMetrics(schedule("reduce_lr_on_plateau"))).toBe(true);
  expect(transformersNeedsMetrics(schedule("cosine"))).toBe(false);
});
