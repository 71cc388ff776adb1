import { describe, expect, test } from "vitest";
import { defaultLeaves, leavesOf, OWN_DEFAULTS, tiedLeaves, tradedLeaves } from "@/lib/domain/audit/leaves";
import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { defaultsFilledIn } from "@/lib/domain/schedules/shared/arguments";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

const torch = (constructor: string, kwargs: Record<string, unknown>): DeclaredSchedule => ({
  library: "torch",
  constructor,
  kwargs,
  base_lrs: [0.1],
});
const sequence = torch("SequentialLR", {
  schedulers: [
    { constructor: "LinearLR", kwargs: { total_iters: 20 } },
    { constructor: "CosineAnnealingLR", kwargs: { T_max: 80 } },
  ],
  milestones: [20],
});

const defaults = (declared: DeclaredSchedule) =>
  defaultLeaves(
    declared,
    defaultsFilledIn(() => compileDeclared(declared)),
  );
const table = (declared: DeclaredSchedule) =>
  Object.fromEntries(defaults(declared).map(({ name, value }) => [name, value]));

test("the numbers of a declaration, and the same declaration with another", () => {
  const [milestone] = leavesOf(sequence).filter(({ name }) => name === "milestones[0]");
  expect(
    leavesOf(sequence)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["base_lrs", "milestones[0]", "schedulers[0].total_iters", "schedulers[1].T_max"].sort());
  expect(milestone?.with(30)).toMatchObject({ kwargs: { milestones: [30] } });
  expect(sequence).toMatchObject({ kwargs: { milestones: [20] } });
});

test("a warmup's length is one number, however often it is said", () => {
  const [together, shortened] = tiedLeaves(sequence);
  expect(together).toMatchObject({ name: "milestones[0] and schedulers[0].total_iters", value: 20 });
  expect(shortened?.with(30)).toMatchObject({
    kwargs: { milestones: [30], schedulers: [{ kwargs: { total_iters: 30 } }, { kwargs: { T_max: 70 } }] },
  });
  const [traded] = tradedLeaves({
    kind: "warmup",
    steps: 20,
    then: { kind: "cosine", peak: 1, floor: 0, steps: 80 },
  });
  expect(traded?.with(30)).toMatchObject({ steps: 30, then: { steps: 70 } });
});

describe("what is left at a default", () => {
  test.each<[string, DeclaredSchedule, Record<string, number>]>([
    ["torch", torch("MultiStepLR", { milestones: [5] }), { gamma: 0.1 }],
    ["within a sequence", sequence, { "schedulers[0].end_factor": 1, "schedulers[1].eta_min": 0 }],
    [
      "transformers",
      {
        library: "transformers",
        constructor: "get_scheduler",
        kwargs: { name: "polynomial", num_warmup_steps: 1, num_training_steps: 9 },
        base_lrs: [0.1],
      },
      { "scheduler_specific_kwargs.power": 1, "scheduler_specific_kwargs.lr_end": 1e-7 },
    ],
    [
      "keras",
      { library: "keras", constructor: "CosineDecay", kwargs: { initial_learning_rate: 1, decay_steps: 9 } },
      { alpha: 0 },
    ],
    ["our own", { kind: "one_cycle", max_lr: 1, total_steps: 9 }, { pct_start: 0.3, div_factor: 25 }],
  ])("%s", (_name, declared, some) => {
    expect(table(declared)).toMatchObject(some);
  });

  test("is no more once it is declared, and never what has no bearing on the LR", () => {
    expect(table(torch("StepLR", { step_size: 5, gamma: 0.1 }))).toEqual({});
    const cycle = torch("OneCycleLR", { max_lr: 1, total_steps: 9 });
    expect(Object.keys(table(cycle)).sort()).toEqual(["div_factor", "final_div_factor", "pct_start"]);
  });

  test("can be given, though its arguments are not there at all", () => {
    const [power] = defaults({
      library: "transformers",
      constructor: "get_scheduler",
      kwargs: { name: "polynomial", num_warmup_steps: 1, num_training_steps: 9 },
      base_lrs: [0.1],
    }).filter(({ name }) => name.endsWith("power"));
    expect(power?.with(2)).toMatchObject({ kwargs: { scheduler_specific_kwargs: { power: 2 } } });
  });
});

test.each<ScheduleSpec>([
  { kind: "cosine_restarts", peak: 1, floor: 0, T_0: 10, T_mult: 1 },
  { kind: "cyclic", base_lr: 0.1, max_lr: 1, step_size_up: 10, mode: "exp_range" },
  { kind: "exponential", peak: 1, gamma: 0.5 },
  { kind: "one_cycle", max_lr: 1, total_steps: 50 },
])("our own default of $kind is the one that it has", (spec) => {
  const given = { ...spec, ...OWN_DEFAULTS[spec.kind] };
  const lrs = (declared: ScheduleSpec) => [...compileDeclared(declared).lrs(0, 60)[0]!];
  expect(lrs(given)).toEqual(lrs(spec));
  for (const [name, value] of Object.entries(OWN_DEFAULTS[spec.kind]!))
    expect(lrs({ ...given, [name]: value === 0 ? 0.2 : value * 0.9 })).not.toEqual(lrs(spec));
});
