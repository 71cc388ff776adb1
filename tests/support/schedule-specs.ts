import { fc } from "@fast-check/vitest";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

const steps = fc.integer({ min: 1, max: 400 });
const rate = fc.double({ min: 1e-12, max: 10, noNaN: true });
const gamma = fc.double({ min: 0.01, max: 1, noNaN: true });

/** A peak and a floor below it. */
const levels = fc
  .tuple(rate, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([peak, fraction]) => ({ peak, floor: peak * fraction }));

/** Any family, with the bounds that its LRs must keep. */
export interface Bounded {
  spec: ScheduleSpec;
  low: number;
  high: number;
}

const bounded = <T>(arbitrary: fc.Arbitrary<T>, make: (value: T) => Bounded) => arbitrary.map(make);

export const anyFamily: fc.Arbitrary<Bounded> = fc.oneof(
  bounded(rate, (value) => ({ spec: { kind: "constant", value }, low: value, high: value })),
  bounded(fc.tuple(rate, steps, gamma), ([peak, step_size, g]) => ({
    spec: { kind: "step", peak, step_size, gamma: g },
    low: 0,
    high: peak,
  })),
  bounded(fc.tuple(rate, fc.array(steps, { maxLength: 5 }), gamma), ([peak, milestones, g]) => ({
    spec: { kind: "multi_step", peak, milestones, gamma: g },
    low: peak * g ** milestones.length,
    high: peak,
  })),
  bounded(fc.tuple(fc.array(rate, { minLength: 3, maxLength: 3 }), steps, steps), ([values, a, b]) => ({
    spec: { kind: "piecewise", values, boundaries: [a, a + b] },
    low: Math.min(...values),
    high: Math.max(...values),
  })),
  bounded(fc.tuple(levels, gamma, steps, fc.boolean()), ([{ peak, floor }, g, decay_steps, staircase]) => ({
    spec: { kind: "exponential", peak, gamma: g, decay_steps, staircase, floor },
    low: floor,
    high: peak,
  })),
  bounded(fc.tuple(rate, gamma, steps, fc.boolean()), ([peak, decay_rate, decay_steps, staircase]) => ({
    spec: { kind: "inverse_time", peak, decay_rate, decay_steps, staircase },
    low: 0,
    high: peak,
  })),
  bounded(
    fc.tuple(levels, fc.double({ min: 0, max: 4, noNaN: true }), steps),
    ([{ peak, floor }, power, n]) => ({
      spec: { kind: "polynomial", peak, floor, power, steps: n },
      low: floor,
      high: peak,
    }),
  ),
  bounded(fc.tuple(rate, rate, steps), ([from, to, n]) => ({
    spec: { kind: "linear", from, to, steps: n },
    low: Math.min(from, to),
    high: Math.max(from, to),
  })),
  bounded(fc.tuple(levels, steps), ([{ peak, floor }, n]) => ({
    spec: { kind: "cosine", peak, floor, steps: n },
    low: floor,
    high: peak,
  })),
  bounded(fc.tuple(levels, steps, fc.constantFrom(1, 1.5, 2, 3, 0.5)), ([{ peak, floor }, T_0, T_mult]) => ({
    spec: { kind: "cosine_restarts", peak, floor, T_0, T_mult },
    low: floor,
    high: peak,
  })),
  bounded(
    fc.tuple(
      rate,
      fc.integer({ min: 5, max: 400 }),
      gamma,
      fc.constantFrom("cos" as const, "linear" as const),
      fc.boolean(),
    ),
    ([max_lr, total_steps, pct_start, anneal_strategy, three_phase]) => ({
      spec: {
        kind: "one_cycle",
        max_lr,
        total_steps,
        pct_start: three_phase ? pct_start / 2 : pct_start,
        anneal_strategy,
        three_phase,
      },
      low: max_lr / 25 / 1e4,
      high: max_lr,
    }),
  ),
  bounded(
    fc.tuple(
      levels,
      steps,
      steps,
      fc.constantFrom("triangular" as const, "triangular2" as const, "exp_range" as const),
      gamma,
    ),
    ([{ peak, floor }, step_size_up, step_size_down, mode, g]) => ({
      spec: { kind: "cyclic", base_lr: floor, max_lr: peak, step_size_up, step_size_down, mode, gamma: g },
      low: floor,
      high: peak,
    }),
  ),
  bounded(fc.tuple(rate, fc.integer({ min: 0, max: 50 })), ([peak, warmup]) => ({
    spec: { kind: "inverse_sqrt", peak, warmup },
    low: 0,
    high: peak,
  })),
  bounded(
    fc.tuple(
      levels,
      steps,
      steps,
      steps,
      fc.constantFrom("linear", "cosine", "exponential", "1-sqrt", "sqrt", "square" as const),
      fc.constantFrom("linear", "cosine", "1-sqrt" as const),
    ),
    ([{ peak, floor }, warmup, stable, decay, shape, warmup_shape]) => ({
      spec: { kind: "wsd", peak, floor, warmup, stable, decay, shape, warmup_shape },
      low: floor,
      high: peak,
    }),
  ),
  bounded(rate, (peak) => ({
    spec: { kind: "reduce_on_plateau", peak, monitor: "val/loss" },
    low: peak,
    high: peak,
  })),
);

const warmupShape = fc.constantFrom(
  "linear" as const,
  "exponential" as const,
  "constant" as const,
  "cosine" as const,
);

/** Families, and families put together up to two levels deep. */
export const anySpec: fc.Arbitrary<ScheduleSpec> = fc.letrec<{ spec: ScheduleSpec }>((tie) => ({
  spec: fc.oneof(
    { maxDepth: 2 },
    anyFamily.map(({ spec }) => spec),
    fc
      .tuple(warmupShape, steps, gamma, tie("spec"), fc.boolean())
      .map(([shape, n, start_factor, then, overlap]): ScheduleSpec => {
        return { kind: "warmup", shape, steps: n, start_factor, then, overlap };
      }),
    fc
      .array(fc.record({ spec: tie("spec"), steps }), { minLength: 1, maxLength: 4 })
      .map((parts): ScheduleSpec => ({ kind: "sequence", parts })),
    fc
      .array(tie("spec"), { minLength: 1, maxLength: 3 })
      .map((factors): ScheduleSpec => ({ kind: "product", factors })),
    fc
      .tuple(tie("spec"), fc.integer({ min: 1, max: 50 }))
      .map(([spec, steps_per_epoch]): ScheduleSpec => ({ kind: "per_epoch", spec, steps_per_epoch })),
  ),
})).spec;
