import "server-only";
import { z } from "zod";
import { IsoTime, JsonObject, Step } from "@/lib/contracts/common";
import { describePolicy } from "@/lib/domain/plateau/describe-policy";
import type { Firings } from "@/lib/domain/plateau/firings";
import { initialState } from "@/lib/domain/plateau/detect";
import { type DetectorState, isStateLike } from "@/lib/domain/plateau/detector-state";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import { describeLimits } from "@/lib/domain/plateau/policy-limits";
import { type LrCommand, placeholderRates } from "@/lib/domain/plateau/lr-command";
import type { NormalPolicy } from "@/lib/domain/plateau/plateau-policy";
import type { PlateauPolicy as PlateauPolicyRow } from "@/prisma/generated/sqlite/client";
import { parseStored } from "../stored-json";

const Firing = z.strictObject({
  step: Step,
  since_step: Step.nullable(),
  /** Of the last firing of a plateau alone. */
  message: z.string().optional(),
  /** Checks since the best value. */
  checks: z.int().optional(),
  /** Where its plateau ended: the last step, and its checks, before the metric improved. */
  ended: z.strictObject({ step: Step, checks: z.int() }).optional(),
  /** The rule asks for a higher LR, since the metric keeps improving. */
  raises: z.literal(true).optional(),
  /** Why nothing was asked for. */
  withheld: z.string().optional(),
});
export type Firing = z.infer<typeof Firing>;
export const FiringList = z.array(Firing);

const Command = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["reduce", "raise", "scale"]), factor: z.number() }),
  z.strictObject({ kind: z.literal("set"), lrs: z.array(z.number()) }),
]) satisfies z.ZodType<LrCommand>;

/** What a policy did to the LR by its rule: what a request is made of. Of several the last one tells what the rule saw. */
const Done = z.strictObject({
  step: Step,
  message: z.string().default(""),
  evidence: JsonObject.default({}),
  command: Command,
});
export type Done = z.infer<typeof Done>;
const Owed = z.array(Done);

/** Who changed the policy, when, and how far the run was. */
export const PolicyChange = z.strictObject({
  at: IsoTime,
  by: z.string(),
  step: Step.nullable(),
  what: z.enum(["added", "changed", "removed"]),
  message: z.string(),
});
export type PolicyChange = z.infer<typeof PolicyChange>;

/** The column `policy`: as the user wrote it, and what became of it. */
const StoredPolicy = z.strictObject({ declared: JsonObject, changes: z.array(PolicyChange) });
export type StoredPolicy = z.infer<typeof StoredPolicy>;

/** Rows from before changes were kept hold the policy alone. */
const Column = z.union([
  StoredPolicy,
  JsonObject.transform((declared): StoredPolicy => ({ declared, changes: [] })),
]);

/** The column `action` of a policy that was removed: its requests and what happened to it are kept. */
export const REMOVED = "removed";

/**
 * The column `behind`: with the values after `lastStep`, with all of them, or with all since some came late. What needs
 * the later takes care of the former.
 */
export const BEHIND = ["append", "replay", "late"] as const;

export interface LoadedPolicy {
  row: PlateauPolicyRow;
  stored: StoredPolicy;
  policy: NormalPolicy;
  state: DetectorState;
  /** What is stored is of an older version's rule: the series has to be gone through anew. */
  outdated: boolean;
  /** Those of the policy's own row: the last ones. */
  firings: Firings<Firing>;
  /** What nobody could be asked for yet, since the job was at work on an earlier request of the policy. */
  owed: Done[];
}

/** Without known rates the rule works on a scale that starts at 1. */
export const startState = (policy: NormalPolicy, rates = policy.base_lrs): DetectorState =>
  initialState(policy.spec, rates ?? placeholderRates(policy.spec));

export const storedPolicy = (row: Pick<PlateauPolicyRow, "policy">): StoredPolicy =>
  parseStored(Column, row.policy);

/** What the policy does, in a sentence, with when it keeps silent. */
export const describeDeclared = ({ metric, spec, limits }: NormalPolicy): string =>
  [describePolicy(metric ?? "", spec), describeLimits(limits)].filter(Boolean).join("; ");

export function loadPolicy(row: PlateauPolicyRow): LoadedPolicy {
  const stored = storedPolicy(row);
  const policy = normalisePolicy(stored.declared);
  const found: unknown = JSON.parse(row.state);
  const start = startState(policy);
  const known = isStateLike(start, found);
  const firings = { before: row.parts, list: parseStored(FiringList, row.fired) };
  const owed = parseStored(Owed, row.owed);
  return { row, stored, policy, state: known ? found : start, outdated: !known, firings, owed };
}
