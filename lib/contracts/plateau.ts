import { z } from "zod";
import { Id, IsoTime, JsonObject, MetricKey, Mode, Step } from "./common";

/**
 * A policy on a run, in our words (`detector`, `patience`, …) or a library's (`constructor`, `config`). Its detector's
 * arguments are checked by the domain, which knows every rule and names the field that is wrong.
 */
export const PlateauPolicy = z.looseObject({
  metric: MetricKey,
  mode: Mode.optional(),
  action: z.enum(["recommend", "apply"]).default("recommend"),
});
export type PlateauPolicy = z.infer<typeof PlateauPolicy>;

export const PlateauFiring = z.strictObject({
  step: Step,
  since_step: Step.nullable().describe("Where the best value is that was not improved upon."),
  control_id: Id.nullable(),
  withheld: z.string().nullable().describe("Why it asked for nothing."),
});

export const PlateauPolicyState = z.strictObject({
  id: Id,
  metric: z.string(),
  action: z.enum(["recommend", "apply"]),
  policy: JsonObject.describe("As declared."),
  description: z.string(),
  state: JsonObject.describe("The detector's counters after the last value."),
  last_step: Step.nullable(),
  patience: z.number().nullable(),
  checks_since_best: z.int(),
  best: z.union([z.number(), z.string()]).nullable(),
  best_step: Step.nullable(),
  fired: z.array(PlateauFiring).describe("The last ten thousand, oldest first."),
});
export type PlateauPolicyState = z.infer<typeof PlateauPolicyState>;

/** Who changed a run's policies, when, and how far the run was then. */
export const PolicyEdit = z.strictObject({
  at: IsoTime,
  by: z.string(),
  step: Step.nullable(),
  what: z.enum(["added", "changed", "removed"]),
  policy_id: Id,
  metric: z.string(),
  message: z.string(),
});
export type PolicyEdit = z.infer<typeof PolicyEdit>;

export const PlateauResponse = z.strictObject({
  policies: z.array(PlateauPolicyState),
  edits: z.array(PolicyEdit).describe("Oldest first; those of policies that were removed among them."),
});
export type PlateauResponse = z.infer<typeof PlateauResponse>;
export type PlateauState = z.infer<typeof PlateauResponse>;
export const SetPlateauBody = z.strictObject({ policies: z.array(PlateauPolicy).max(20) });
export type SetPlateauBody = z.infer<typeof SetPlateauBody>;
