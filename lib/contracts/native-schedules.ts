import { z } from "zod";
import { StepsPerEpoch } from "./common";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";

/** Beyond these bounds nobody trains, and formulas would run into infinities and NaN. */
const MOST = 1e100;
const rate = z.number().min(0).max(MOST).describe("A learning rate.");
const steps = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const length = z.number().min(1e-6).max(MOST).describe("In steps.");
const gamma = z.number().min(0).max(MOST);
const divisor = z
  .number()
  .min(1 / MOST)
  .max(MOST);
const numbers = z.array(z.number()).max(10_000);

/** A schedule in our own words; what each kind means stands with its evaluator in lib/domain/schedules. */
export const NativeScheduleSchema: z.ZodType<ScheduleSpec> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("constant"), value: rate }),
  z.strictObject({ kind: z.literal("step"), peak: rate, step_size: length, gamma }),
  z.strictObject({
    kind: z.literal("multi_step"),
    peak: rate,
    milestones: z.array(steps).max(10_000),
    gamma,
  }),
  z
    .strictObject({ kind: z.literal("piecewise"), values: numbers.min(1), boundaries: numbers })
    .refine(({ values, boundaries }) => values.length === boundaries.length + 1, {
      path: ["values"],
      message: "needs one value more than there are boundaries",
    }),
  z.strictObject({
    kind: z.literal("exponential"),
    peak: rate,
    gamma,
    decay_steps: length.optional(),
    staircase: z.boolean().optional(),
    floor: rate.optional(),
  }),
  z.strictObject({
    kind: z.literal("inverse_time"),
    peak: rate,
    decay_rate: z.number().min(0),
    decay_steps: length,
    staircase: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal("polynomial"),
    peak: rate,
    floor: rate,
    power: z.number().positive(),
    steps: length,
  }),
  z.strictObject({ kind: z.literal("linear"), from: rate, to: rate, steps: length }),
  z.strictObject({ kind: z.literal("cosine"), peak: rate, floor: rate, steps: length }),
  z.strictObject({
    kind: z.literal("cosine_restarts"),
    peak: rate,
    floor: rate,
    T_0: length,
    T_mult: z.number().min(1),
    gamma: gamma.optional(),
  }),
  z.strictObject({
    kind: z.literal("one_cycle"),
    max_lr: rate,
    total_steps: z.int().min(2),
    pct_start: z.number().min(0).max(1).optional(),
    div_factor: divisor.optional(),
    final_div_factor: divisor.optional(),
    anneal_strategy: z.enum(["cos", "linear"]).optional(),
    three_phase: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal("cyclic"),
    base_lr: rate,
    max_lr: rate,
    step_size_up: length,
    step_size_down: length.optional(),
    mode: z.enum(["triangular", "triangular2", "exp_range"]).optional(),
    gamma: gamma.optional(),
  }),
  z.strictObject({
    kind: z.literal("inverse_sqrt"),
    peak: rate,
    warmup: steps.optional(),
    timescale: length.optional(),
  }),
  z.strictObject({
    kind: z.literal("wsd"),
    peak: rate,
    floor: rate,
    warmup: steps,
    stable: steps,
    decay: steps,
    shape: z.enum(["linear", "cosine", "exponential", "1-sqrt", "sqrt", "square"]),
    warmup_shape: z.enum(["linear", "cosine", "1-sqrt"]).optional(),
  }),
  z.strictObject({
    kind: z.literal("reduce_on_plateau"),
    peak: rate,
    monitor: z.string().min(1).max(250),
    mode: z.enum(["min", "max"]).optional(),
    factor: z.number().positive().lt(1).optional(),
    patience: z.number().min(0).optional(),
    threshold: z.number().min(0).optional(),
    threshold_mode: z.enum(["rel", "abs"]).optional(),
    cooldown: z.number().min(0).optional(),
    min_lr: rate.optional(),
    eps: z.number().min(0).optional(),
  }),
  z.strictObject({
    kind: z.literal("warmup"),
    shape: z.enum(["linear", "exponential", "constant", "cosine"]),
    steps,
    start_factor: gamma,
    get then() {
      return NativeScheduleSchema;
    },
    overlap: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal("sequence"),
    get parts() {
      return z
        .array(z.strictObject({ spec: NativeScheduleSchema, steps }))
        .min(1)
        .max(64);
    },
  }),
  z.strictObject({
    kind: z.literal("product"),
    get factors() {
      return z.array(NativeScheduleSchema).min(1).max(16);
    },
  }),
  z.strictObject({
    kind: z.literal("per_epoch"),
    get spec() {
      return NativeScheduleSchema;
    },
    steps_per_epoch: StepsPerEpoch,
  }),
  z.strictObject({
    kind: z.literal("groups"),
    get groups() {
      return z
        .array(z.strictObject({ name: z.string().max(250).optional(), spec: NativeScheduleSchema }))
        .min(1)
        .max(64);
    },
  }),
]);
