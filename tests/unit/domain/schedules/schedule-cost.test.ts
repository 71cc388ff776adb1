import { describe, expect, test } from "vitest";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { checkEvaluations, formulasPerStep, SCHEDULE_LIMITS } from "@/lib/domain/schedules/schedule-cost";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { anyFamily } from "@/tests/support/schedule-specs";
import { fc } from "@fast-check/vitest";

const COSINE: ScheduleSpec = { kind: "cosine", peak: 0.1, floor: 0, steps: 100 };
const groups = (n: number, spec: ScheduleSpec = COSINE): ScheduleSpec => ({
  kind: "groups",
  groups: Array.from({ length: n }, () => ({ spec })),
});
const warm = (then: ScheduleSpec): ScheduleSpec => ({
  kind: "warmup",
  shape: "linear",
  steps: 10,
  start_factor: 0,
  then,
});
const product = (...factors: ScheduleSpec[]): ScheduleSpec => ({ kind: "product", factors });
const epochs = (spec: ScheduleSpec): ScheduleSpec => ({ kind: "per_epoch", spec, steps_per_epoch: 10 });
const sequence = (...specs: ScheduleSpec[]): ScheduleSpec => ({
  kind: "sequence",
  parts: specs.map((spec) => ({ spec, steps: 10 })),
});
const torch = (name: string, kwargs: Record<string, unknown> = {}) => ({ constructor: name, kwargs });
const library = (name: string, kwargs: Record<string, unknown>, rates = 1): DeclaredSchedule => ({
  ...torch(name, kwargs),
  base_lrs: Array.from({ length: rates }, () => 0.1),
});
const LINEAR = torch("LinearLR");
const COSINE_LR = torch("CosineAnnealingLR", { T_max: 10 });

/** The error that says no, or null. */
function refusal(work: () => unknown): ScheduleError | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof ScheduleError) return error;
    throw error;
  }
}

describe("formulas of a step", () => {
  test.each<[string, DeclaredSchedule, number]>([
    ["a family", COSINE, 1],
    ["a warmup in front of it", warm(COSINE), 2],
    ["factors", product(COSINE, warm(COSINE), epochs(COSINE)), 4],
    ["the largest of parts that take turns", sequence(COSINE, warm(COSINE), COSINE), 2],
    ["each param group", groups(64, warm(COSINE)), 128],
    ["a library's schedule", library("StepLR", { step_size: 3 }, 5), 5],
    ["schedulers that take turns", library("SequentialLR", { schedulers: [LINEAR, COSINE_LR] }, 3), 3],
    ["a chain of schedulers", library("ChainedScheduler", { schedulers: [LINEAR, COSINE_LR] }, 3), 6],
    ["rates among the arguments", { constructor: "fit_one_cycle", kwargs: { lr_max: [1, 2, 3] } }, 3],
    [
      "a warmup that dampens another schedule",
      {
        constructor: "LinearWarmup",
        kwargs: { warmup_period: 9 },
        base_lrs: [1],
        lr_scheduler: COSINE_LR,
      },
      2,
    ],
  ])("%s", (_, schedule, want) => expect(formulasPerStep(schedule)).toBe(want));
});

describe("too large to be kept", () => {
  const times = (n: number, spec: ScheduleSpec) => product(...Array.from({ length: n }, () => spec));

  test("products of products of products", () => {
    const error = refusal(() => formulasPerStep(times(16, times(16, times(16, COSINE)))));
    expect(error?.path).toBe("schedule");
    expect(error?.message).toBe(
      "4369 schedules within one another are more than 512: use fewer groups, parts or factors",
    );
  });

  test("as many as there may be, and one more", () => {
    const { nodes } = SCHEDULE_LIMITS;
    expect(refusal(() => formulasPerStep(times(nodes - 1, COSINE)))).toBeNull();
    expect(refusal(() => formulasPerStep(times(nodes, COSINE)))?.path).toBe("schedule");
    const chain = (n: number) =>
      library("ChainedScheduler", { schedulers: Array.from({ length: n }, () => LINEAR) });
    expect(refusal(() => formulasPerStep(chain(nodes - 1)))).toBeNull();
    expect(refusal(() => formulasPerStep(chain(nodes)))?.path).toBe("schedule");
  });

  test("as deep as they may lie, and one deeper", () => {
    const nested = (depth: number): ScheduleSpec => (depth === 1 ? COSINE : epochs(nested(depth - 1)));
    expect(refusal(() => formulasPerStep(nested(SCHEDULE_LIMITS.depth)))).toBeNull();
    expect(refusal(() => formulasPerStep(nested(SCHEDULE_LIMITS.depth + 1)))?.message).toBe(
      "nested more than 16 deep",
    );
  });
});

describe("a request", () => {
  const { evaluations } = SCHEDULE_LIMITS;

  test("says how many steps would do", () => {
    const error = refusal(() => checkEvaluations(groups(64), 1_000_000, "steps"));
    expect(error?.path).toBe("steps");
    expect(error?.message).toBe(
      "1000000 steps of 64 formulas each are more than 4000000: ask for at most 62500 steps at a time, or for fewer param groups",
    );
    expect(refusal(() => checkEvaluations(groups(64), evaluations / 64, "steps"))).toBeNull();
    expect(refusal(() => checkEvaluations(groups(64), evaluations / 64 + 1, "steps"))?.path).toBe("steps");
  });

  test("a million steps of any family, warmed up, with a factor and an epoch's counting", () => {
    for (const { spec } of fc.sample(anyFamily, 200)) {
      checkEvaluations(product(warm(spec), epochs(spec)), 1_000_000, "steps");
    }
  });
});
