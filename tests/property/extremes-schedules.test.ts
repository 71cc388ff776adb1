import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { compileDeclared } from "@/lib/domain/schedules/declared";
import { describeSchedule } from "@/lib/domain/schedules/describe-schedule";
import { evaluateLibrary } from "@/lib/domain/schedules/evaluate-library";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { lrAt, lrs, lrsAt } from "@/lib/domain/schedules/lr-at";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { scheduleLength } from "@/lib/domain/schedules/schedule-length";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { ends } from "@/tests/support/ends";
import { anyStep, finiteExtreme, positiveExtreme } from "@/tests/support/extremes";
import { allGoldenSchedules, scheduleOf } from "@/tests/support/golden-schedules";

const rate = finiteExtreme.map(Math.abs);
const length = positiveExtreme;
const list = fc.array(finiteExtreme, { maxLength: 6 });
const steps = fc.array(anyStep, { minLength: 1, maxLength: 6 });

const family: fc.Arbitrary<ScheduleSpec> = fc.oneof(
  fc.record({ kind: fc.constant("step" as const), peak: rate, step_size: length, gamma: rate }),
  fc.record({ kind: fc.constant("multi_step" as const), peak: rate, milestones: list, gamma: rate }),
  list.map((boundaries): ScheduleSpec => ({ kind: "piecewise", boundaries, values: [0.1, ...boundaries] })),
  fc.record({
    kind: fc.constant("exponential" as const),
    peak: rate,
    gamma: rate,
    decay_steps: length,
    staircase: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("polynomial" as const),
    peak: rate,
    floor: rate,
    power: length,
    steps: length,
  }),
  fc.record({
    kind: fc.constant("cosine_restarts" as const),
    peak: rate,
    floor: rate,
    T_0: length,
    T_mult: length,
    gamma: rate,
  }),
  fc.record({
    kind: fc.constant("one_cycle" as const),
    max_lr: rate,
    total_steps: fc.constantFrom(2, 2 ** 53 - 1),
    pct_start: fc.constantFrom(0, 5e-324, 0.3, 1),
    div_factor: length,
    final_div_factor: length,
    three_phase: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("cyclic" as const),
    base_lr: rate,
    max_lr: rate,
    step_size_up: length,
    step_size_down: length,
    mode: fc.constantFrom("triangular" as const, "triangular2" as const, "exp_range" as const),
    gamma: rate,
  }),
  fc.record({
    kind: fc.constant("wsd" as const),
    peak: rate,
    floor: rate,
    warmup: anyStep,
    stable: anyStep,
    decay: anyStep,
    shape: fc.constantFrom("linear" as const, "exponential" as const, "1-sqrt" as const),
  }),
);

const composed: fc.Arbitrary<ScheduleSpec> = fc.oneof(
  { weight: 3, arbitrary: family },
  fc.tuple(family, length).map(([spec, steps_per_epoch]): ScheduleSpec => ({
    kind: "per_epoch",
    spec,
    steps_per_epoch,
  })),
  fc.tuple(family, anyStep, rate, fc.boolean()).map(([then, n, start_factor, overlap]): ScheduleSpec => ({
    kind: "warmup",
    shape: "exponential",
    steps: n,
    start_factor,
    then,
    overlap,
  })),
  fc
    .array(fc.record({ spec: family, steps: anyStep }), { minLength: 1, maxLength: 3 })
    .map((parts): ScheduleSpec => ({ kind: "sequence", parts })),
  fc
    .array(family, { minLength: 1, maxLength: 3 })
    .map((factors): ScheduleSpec => ({ kind: "product", factors })),
);

describe("our own schedules, whatever their numbers", () => {
  test.prop([composed, steps], { numRuns: 500 })("have an LR at every step", (spec, at) => {
    const [listed, alone] = ends(() => [lrsAt(spec, at), at.map((step) => lrAt(spec, step))] as const);
    expect([...listed]).toEqual(alone);
    ends(() => [lrs(spec, at[0] ?? 0, (at[0] ?? 0) + 1000, 7), describeSchedule(spec), scheduleLength(spec)]);
  });

  test("a first cycle below every double", () => {
    const spec = { kind: "cosine_restarts", peak: 0.1, floor: 0.01, T_0: 5e-324, T_mult: 1.5 } as const;
    expect(ends(() => lrAt(spec, 2 ** 53 - 1))).toBe(0.01);
    expect(ends(() => lrAt({ ...spec, T_mult: 1 }, 2 ** 53 - 1))).toBe(0.01);
    // Cycles that shrink have a finite length together.
    expect(ends(() => lrAt({ ...spec, T_0: 10, T_mult: 0.5 }, 20))).toBe(0.01);
    // A quotient beyond the largest double still has a cycle.
    expect(ends(() => lrAt({ ...spec, T_0: 1, T_mult: 1e308 }, 1))).toBeCloseTo(0.1, 12);
  });

  test.prop([fc.constantFrom(1, 1.5, 2, 3, 7, 1.01), fc.integer({ min: 1, max: 50 }), fc.nat(5000)])(
    "a cycle is the one that a walk from the first one finds",
    (T_mult, T_0, step) => {
      let [start, size, cycle] = [0, T_0, 0];
      while (step >= start + size) [start, size, cycle] = [start + size, size * T_mult, cycle + 1];
      const spec = { kind: "cosine_restarts", peak: 1, floor: 0, T_0, T_mult, gamma: 0.5 } as const;
      // Within rounding of a boundary either cycle will do.
      if (Math.min(step - start, start + size - step) < 1e-9 * step) return;
      const want = (0.5 ** cycle * (1 + Math.cos((Math.PI * (step - start)) / size))) / 2;
      expect(lrAt(spec, step)).toBeCloseTo(want, 8);
    },
  );
});

/** Any of a golden case's numbers replaced. */
const mutated = fc
  .tuple(
    fc.constantFrom(...allGoldenSchedules().map(scheduleOf)),
    fc.array(finiteExtreme, { minLength: 1, maxLength: 4 }),
    fc.nat(),
  )
  .map(([spec, values, seed]): LibrarySchedule => {
    let at = seed;
    const replace = (value: unknown): unknown => {
      if (typeof value === "number") return at++ % 3 === 0 ? values[at % values.length] : value;
      if (Array.isArray(value)) return value.map(replace);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item)]));
    };
    const kwargs = Object.fromEntries(Object.entries(spec.kwargs).map(([key, item]) => [key, replace(item)]));
    return { ...spec, kwargs };
  });

describe("a library's schedules, whatever their numbers", () => {
  test.prop([mutated, steps, positiveExtreme], { numRuns: 100 })(
    "have an LR at every step or say what is wrong",
    (schedule, at, stepsPerEpoch) => {
      const work = () => {
        evaluateLibrary(schedule);
        const compiled = compileDeclared(schedule, { stepsPerEpoch, totalSteps: 1000 });
        return compiled.at(at).map((column) => column.length);
      };
      try {
        expect(ends(work)).toEqual(expect.arrayContaining([at.length]));
      } catch (error) {
        if (!(error instanceof ScheduleError)) throw error;
      }
    },
  );

  test("a run's curve is the same in whatever order its steps are asked for", () => {
    // Not a product of factors, so that it is followed step by step.
    const chain: LibrarySchedule = {
      constructor: "torch.optim.lr_scheduler.ChainedScheduler",
      kwargs: {
        schedulers: [
          { constructor: "CosineAnnealingLR", kwargs: { T_max: 100 } },
          { constructor: "ExponentialLR", kwargs: { gamma: 0.99999 } },
        ],
      },
      base_lrs: [0.1],
    };
    const there = [0, 5, 70_000, 140_000, 200_000];
    const [want] = compileDeclared(chain).at(there);
    const back = Array.from({ length: 20_000 }, (_, i) => there[(i * 3) % there.length] ?? 0);
    const [got] = ends(() => compileDeclared(chain).at(back));
    expect([...(got ?? [])]).toEqual(back.map((step) => want?.[there.indexOf(step)]));
  });

  test("the last step of 2^53 follows a recursion only so far", () => {
    const many: LibrarySchedule = {
      constructor: "torch.optim.lr_scheduler.ChainedScheduler",
      kwargs: {
        schedulers: Array.from({ length: 30 }, () => ({
          constructor: "CosineAnnealingLR",
          kwargs: { T_max: 10 },
        })),
      },
      base_lrs: Array.from({ length: 20 }, () => 0.1),
    };
    expect(ends(() => compileDeclared(many).at([2 ** 53 - 1])).length).toBe(20);
  });
});
