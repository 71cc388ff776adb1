import { z } from "zod";
import { Step, WireNumber } from "./common";
import { PlateauPolicy } from "./plateau";

export const BacktestBody = z.strictObject({
  policy: z
    .looseObject({})
    .describe("In our words (`detector`, …) or a library's (`constructor`, `config`)."),
  metrics: z.array(WireNumber).max(1_000_000),
  base_lrs: z.array(z.number()).min(1).max(64).optional(),
});

const Indices = z.array(z.int());

export const BacktestResponse = z.strictObject({
  lrs_after: z.array(WireNumber).optional(),
  lrs_after_by_group: z.array(z.array(WireNumber)).optional(),
  lr_initial: z.number().optional(),
  events: Indices,
  events_by_group: z.array(Indices).optional(),
  triggers: Indices,
  increase_events: Indices.optional(),
  state: z.record(z.string(), z.array(WireNumber)),
  raises: z.strictObject({ at: z.literal("construct"), type: z.string(), message: z.string() }).optional(),
});
export type BacktestRequest = z.infer<typeof BacktestBody>;
export type BacktestResult = z.input<typeof BacktestResponse>;

/**
 * Raw observations that one request may go through, and values times policies, each by what a check of it costs: 1 for a
 * library's rule, 1 and a fifth of its window for the trend rule (`lib/domain/plateau/check-cost.ts`).
 */
export const BACKTEST_LIMITS = { observations: 1_000_000, work: 8_000_000 } as const;

const SweepAxis = <T extends z.ZodType>(value: T) => z.array(value).min(1).max(12);

export const BacktestRunBody = z.strictObject({
  policies: z.array(PlateauPolicy).min(1).max(8),
  sweep: z
    .strictObject({
      policy: z.int().min(0).max(7).default(0).describe("Which of the policies is varied, from 0."),
      patience: SweepAxis(z.int().min(0).max(10_000)),
      threshold: SweepAxis(z.number().min(0)),
    })
    .optional()
    .describe("The policy once for each patience with each threshold."),
});
export type BacktestRunRequest = z.infer<typeof BacktestRunBody>;

const BacktestStall = z.strictObject({
  step: Step,
  check: z.int(),
  material: z.number().describe("A fall of the fitted curve that counts, in the metric's units."),
  noise: z.number().describe("Standard deviation about the fitted curve."),
});

const BacktestFiring = z.strictObject({
  step: Step,
  since_step: Step.nullable(),
  message: z.string(),
  lr: z.number().describe("What would have been asked for, had every request been granted."),
});

const BacktestOutcome = z.strictObject({
  count: z.int(),
  first_step: Step.nullable(),
  early: z.int().describe("Firings before the stall; 0 when there is none."),
  delay_steps: z.int().nullable().describe("From the stall to the first firing at or after it."),
  delay_checks: z.int().nullable(),
});
export type BacktestOutcome = z.infer<typeof BacktestOutcome>;

const PolicyBacktest = z.strictObject({
  ...BacktestOutcome.shape,
  metric: z.string(),
  description: z.string(),
  checks: z.int(),
  stall: BacktestStall.nullable().describe(
    "Where the metric stopped improving, estimated from the whole curve; null: nowhere, or too few values.",
  ),
  firings: z.array(BacktestFiring).describe("The first 500."),
});
export type PolicyBacktest = z.infer<typeof PolicyBacktest>;

export const BacktestRunResponse = z.strictObject({
  base_lr: z
    .number()
    .nullable()
    .describe("The first LR that the run logged. null: `lr` reads as a scale from 1."),
  policies: z.array(PolicyBacktest),
  sweep: z
    .strictObject({
      policy: z.int(),
      patience: z.array(z.int()),
      threshold: z.array(z.number()),
      cells: z.array(z.array(BacktestOutcome)).describe("By patience, then by threshold."),
    })
    .nullable(),
});
export type BacktestRunResponse = z.infer<typeof BacktestRunResponse>;
export type BacktestRunResult = z.infer<typeof BacktestRunResponse>;
