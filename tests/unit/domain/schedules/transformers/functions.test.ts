import { describe, expect, test } from "vitest";
import { exportSchedule } from "@/lib/domain/export/export-schedule";
import { libraryOf } from "@/lib/domain/schedules/library-of";
import { isMetricDriven } from "@/lib/domain/schedules/metric-driven";
import { scheduleFamily } from "@/lib/domain/schedules/schedule-family";
import { toNative } from "@/lib/domain/schedules/to-native";
import { evaluateTransformers, transformersLr } from "@/lib/domain/schedules/transformers/evaluate";
import { expectInvalid } from "@/tests/support/golden-schedules";

const lengths = { num_warmup_steps: 10, num_training_steps: 110 };

/** A function, its name in get_scheduler, and arguments that only it has. */
const PAIRS: [string, string, Record<string, unknown>, Record<string, unknown>][] = [
  ["get_constant_schedule", "constant", {}, {}],
  ["get_constant_schedule_with_warmup", "constant_with_warmup", { num_warmup_steps: 10 }, {}],
  ["get_linear_schedule_with_warmup", "linear", lengths, {}],
  ["get_cosine_schedule_with_warmup", "cosine", lengths, { num_cycles: 0.7 }],
  ["get_cosine_with_hard_restarts_schedule_with_warmup", "cosine_with_restarts", lengths, { num_cycles: 3 }],
  ["get_polynomial_decay_schedule_with_warmup", "polynomial", lengths, { lr_end: 1e-4, power: 2 }],
  ["get_inverse_sqrt_schedule", "inverse_sqrt", { num_warmup_steps: 10 }, { timescale: 30 }],
  ["get_cosine_with_min_lr_schedule_with_warmup", "cosine_with_min_lr", lengths, { min_lr: 0.01 }],
  [
    "get_cosine_with_min_lr_schedule_with_warmup_lr_rate",
    "cosine_warmup_with_min_lr",
    lengths,
    { min_lr_rate: 0.1, warmup_lr_rate: 0.2 },
  ],
  ["get_wsd_schedule", "warmup_stable_decay", lengths, { num_decay_steps: 30, decay_type: "1-sqrt" }],
];

describe("transformers' schedule functions are accepted as scripts call them", () => {
  test.each(PAIRS)("%s is get_scheduler(%j)", (name, known, steps, specific) => {
    const called = {
      constructor: `transformers.${name}`,
      kwargs: { ...steps, ...specific },
      base_lrs: [0.2],
    };
    const kwargs = { name: known, ...steps, scheduler_specific_kwargs: specific };
    const got = { constructor: "transformers.get_scheduler", kwargs, base_lrs: [0.2] };
    for (const t of [0, 3, 10, 50, 109, 130])
      expect(transformersLr(called)(t)).toEqual(transformersLr(got)(t));
    expect(scheduleFamily(called)).toBe(scheduleFamily(got));
    expect(toNative(called)).toEqual(toNative(got));
    expect(libraryOf({ constructor: name })).toBe("transformers");
    expect(exportSchedule(called, "transformers").code).toBe(exportSchedule(got, "transformers").code);
  });

  test("one that follows a metric", () => {
    const plateau = {
      constructor: "get_reduce_on_plateau_schedule",
      kwargs: { patience: 3 },
      base_lrs: [0.2],
    };
    expect(isMetricDriven(plateau)).toBe(true);
    expect(scheduleFamily(plateau)).toBe("plateau");
  });

  test("a missing or unknown argument is named where it was written", () => {
    const call = (kwargs: Record<string, unknown>) => () =>
      transformersLr({ constructor: "get_linear_schedule_with_warmup", kwargs, base_lrs: [0.2] });
    expectInvalid(call({ num_warmup_steps: 3 }), "schedule.kwargs.num_training_steps");
    expectInvalid(call({ ...lengths, num_cycles: 3 }), "schedule.kwargs.num_cycles");
    expectInvalid(call({ ...lengths, last_epoch: 1.5 }), "schedule.kwargs.last_epoch");
  });
});

/** Recorded with transformers 5.18.0 on torch 2.13.0: the base is initial_lr, and the count goes on. */
test("resumed with last_epoch", () => {
  const schedule = {
    constructor: "get_linear_schedule_with_warmup",
    kwargs: { num_warmup_steps: 4, num_training_steps: 20, last_epoch: 5 },
    base_lrs: [0.1],
    stepping: { mode: "step" as const, count: 5 },
  };
  const resume = { initial_lr: [0.2], group_lr: [0.1] };
  const got = evaluateTransformers({ ...schedule, resume }).lrs_by_group[0]!;
  [0.175, 0.1625, 0.15, 0.1375, 0.125].forEach((lr, i) => expect(got[i]).toBeRelativelyClose(lr, 1e-12));
  expect(evaluateTransformers(schedule).raises).toMatchObject({ at: "construct", type: "KeyError" });
});

test("what the constructor's own step raises is raised at construction", () => {
  const kwargs = { name: "inverse_sqrt", num_warmup_steps: -2 };
  const stepping = { mode: "step" as const, count: 3 };
  const schedule = { constructor: "transformers.get_scheduler", kwargs, base_lrs: [0.2], stepping };
  expect(evaluateTransformers(schedule).raises).toMatchObject({ at: "construct", type: "ZeroDivisionError" });
});
