import { z } from "zod";
import { WireNumber } from "./common";

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
