import { PolicyError } from "./policy-error";

/** When a policy holds its tongue, whatever its detector says. Absent: no such limit. */
export interface PolicyLimits {
  /** No firing among the first so many checks; the detector sees them all the same. */
  warmup?: number;
  /** No firing at a step before this one. */
  not_before?: number;
  /** No further request once so many cuts were made or are on their way. */
  max_cuts?: number;
}

export const LIMIT_FIELDS = ["warmup", "not_before", "max_cuts"] as const;

/** @throws PolicyError naming the limit that is no count */
export function readLimits(policy: Readonly<Record<string, unknown>>): PolicyLimits {
  const limits: PolicyLimits = {};
  for (const field of LIMIT_FIELDS) {
    const value = policy[field] ?? null;
    if (value === null) continue;
    const least = field === "max_cuts" ? 1 : 0;
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least) {
      throw new PolicyError(field, `${field} must be a whole number, ${least} or more.`);
    }
    limits[field] = value;
  }
  return limits;
}

/** May a firing at `step` count, on the check number `check` (from 1)? */
export const mayFire = ({ warmup = 0, not_before = 0 }: PolicyLimits, check: number, step: number): boolean =>
  check > warmup && step >= not_before;

/** `not in the first 3 checks, not before step 500, at most 2 cuts`; empty without limits. */
export function describeLimits({ warmup, not_before, max_cuts }: PolicyLimits): string {
  return [
    warmup ? `not in the first ${warmup === 1 ? "check" : `${warmup} checks`}` : "",
    not_before ? `not before step ${not_before}` : "",
    max_cuts ? `at most ${max_cuts === 1 ? "one cut" : `${max_cuts} cuts`}` : "",
  ]
    .filter(Boolean)
    .join(", ");
}
