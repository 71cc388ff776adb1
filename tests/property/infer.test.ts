import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { inferSchedule } from "@/lib/domain/infer/infer-schedule";
import { lrsAt } from "@/lib/domain/schedules/lr-at";
import type { FamilySpec, ScheduleSpec } from "@/lib/domain/schedules/spec";

const PATIENCE = 120_000;

const rate = fc
  .integer({ min: 1, max: 9999 })
  .chain((digits) => fc.integer({ min: -8, max: -3 }).map((exponent) => Number(`${digits}e${exponent}`)));
const length = fc.integer({ min: 40, max: 300 });
const share = fc.constantFrom(0, 0.01, 0.1);

/** Families whose curve over 400 steps tells their parameters. */
const told: fc.Arbitrary<FamilySpec> = fc.oneof(
  rate.map((value): FamilySpec => ({ kind: "constant", value })),
  fc.record({
    kind: fc.constant("step" as const),
    peak: rate,
    step_size: fc.integer({ min: 20, max: 120 }),
    gamma: fc.constantFrom(0.1, 0.3, 0.5),
  }),
  fc.record({
    kind: fc.constant("exponential" as const),
    peak: rate,
    gamma: fc.constantFrom(0.98, 0.99, 0.995, 0.999),
  }),
  fc
    .tuple(rate, share, length)
    .map(([peak, low, steps]): FamilySpec => ({ kind: "cosine", peak, floor: peak * low, steps })),
  fc
    .tuple(rate, share, length)
    .map(([from, low, steps]): FamilySpec => ({ kind: "linear", from, to: from * low, steps })),
  fc
    .tuple(rate, share, length, fc.constantFrom(0.5, 0.9, 2, 3))
    .map(([peak, low, steps, power]): FamilySpec => ({
      kind: "polynomial",
      peak,
      floor: peak * low,
      power,
      steps,
    })),
  fc
    .tuple(rate, share, fc.integer({ min: 20, max: 60 }), fc.constantFrom(1, 2))
    .map(([peak, low, T_0, T_mult]): FamilySpec => ({
      kind: "cosine_restarts",
      peak,
      floor: peak * low,
      T_0,
      T_mult,
    })),
  fc
    .tuple(rate, fc.constantFrom("cos" as const, "linear" as const), fc.constantFrom(0.1, 0.25, 0.3))
    .map(([max_lr, anneal_strategy, pct_start]): FamilySpec => ({
      kind: "one_cycle",
      max_lr,
      total_steps: 400,
      pct_start,
      anneal_strategy,
    })),
  fc.tuple(rate, fc.integer({ min: 20, max: 60 })).map(([max_lr, step_size_up]): FamilySpec => ({
    kind: "cyclic",
    base_lr: max_lr / 10,
    max_lr,
    step_size_up,
  })),
  fc
    .tuple(
      rate,
      fc.constantFrom("linear", "cosine", "1-sqrt", "sqrt", "square" as const),
      fc.integer({ min: 50, max: 150 }),
    )
    .map(([peak, shape, decay]): FamilySpec => ({
      kind: "wsd",
      peak,
      floor: 0,
      warmup: 0,
      stable: 380 - decay,
      decay,
      shape,
    })),
);

const steps = Array.from({ length: 400 }, (_, i) => i);

function expectFound(spec: ScheduleSpec, tolerance: number, round: (lr: number) => number = (lr) => lr) {
  const lrs = [...lrsAt(spec, steps)].map(round);
  const { schedule, max_relative_error } = inferSchedule(steps, lrs);
  expect(schedule).not.toBeNull();
  expect(max_relative_error).toBeLessThanOrEqual(tolerance);
}

describe("inferSchedule", () => {
  test.prop([told], { numRuns: 60 })(
    "finds a family again from its values",
    (spec) => expectFound(spec, 1e-6),
    PATIENCE,
  );

  test.prop([told], { numRuns: 40 })(
    "and from float32",
    (spec) => expectFound(spec, 1e-5, Math.fround),
    PATIENCE,
  );

  test.prop([told, fc.integer({ min: 5, max: 40 })], { numRuns: 25 })(
    "behind a linear warmup",
    (then, warmup) => {
      // What rises of itself hides where the warmup ends.
      fc.pre(!["one_cycle", "cyclic"].includes(then.kind));
      expectFound({ kind: "warmup", shape: "linear", steps: warmup, start_factor: 0.01, then }, 1e-6);
    },
    PATIENCE,
  );

  test.prop([told, fc.constantFrom(4, 5)], { numRuns: 25 })(
    "stepped per epoch",
    (spec, steps_per_epoch) => {
      const inner = lrsAt({ kind: "per_epoch", spec, steps_per_epoch }, steps);
      const { schedule, max_relative_error } = inferSchedule(steps, [...inner], {
        stepsPerEpoch: steps_per_epoch,
      });
      expect(schedule).not.toBeNull();
      // A schedule of which a quarter shows leaves its length open by so much.
      expect(max_relative_error).toBeLessThanOrEqual(1e-5);
    },
    PATIENCE,
  );

  test.prop([fc.infiniteStream(fc.double({ min: 0.01, max: 1, noNaN: true }))], { numRuns: 10 })(
    "says unknown of noise",
    (stream) => {
      const lrs = steps.map(() => stream.next().value ?? 1);
      expect(inferSchedule(steps, lrs)).toMatchObject({ schedule: null, family: "unknown" });
    },
    PATIENCE,
  );
});
