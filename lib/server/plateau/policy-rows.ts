import "server-only";
import { z } from "zod";
import { JsonObject, Step } from "@/lib/contracts/common";
import { initialState } from "@/lib/domain/plateau/detect";
import { type DetectorState, isStateLike } from "@/lib/domain/plateau/detector-state";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import type { NormalPolicy, PlateauEvidence } from "@/lib/domain/plateau/plateau-policy";
import type { PlateauPolicy as PlateauPolicyRow } from "@/prisma/generated/sqlite/client";
import { parseStored } from "../stored-json";

const Firing = z.strictObject({ step: Step, since_step: Step.nullable(), message: z.string() });
export type Firing = z.infer<typeof Firing>;
export const Firings = z.array(Firing);

/** A firing with what the rule saw, to make a request of. */
export interface NewFiring extends Firing {
  evidence: PlateauEvidence;
  raised: boolean;
}

export interface LoadedPolicy {
  row: PlateauPolicyRow;
  policy: NormalPolicy;
  state: DetectorState;
  fired: Firing[];
}

/** Without a known LR the rule works on a scale that starts at 1. */
export const startState = (policy: NormalPolicy): DetectorState =>
  initialState(policy.spec, policy.base_lrs ?? [1]);

export function loadPolicy(row: PlateauPolicyRow): LoadedPolicy {
  const policy = normalisePolicy(parseStored(JsonObject, row.policy));
  const stored: unknown = JSON.parse(row.state);
  const start = startState(policy);
  if (!isStateLike(start, stored)) throw new Error(`policy ${row.id} has a state that its rule cannot read`);
  return { row, policy, state: stored, fired: parseStored(Firings, row.fired) };
}
