import { compareLrs, type Lrs } from "./same-lr";

export type Verification = "confirmed" | "contradicted" | "unknown";

const VERDICT = { same: "confirmed", different: "contradicted", unknown: "unknown" } as const;

/**
 * Does the learning rate logged after a request was applied confirm it? `expected` is the effective rate at the step of
 * the log, not the rate asked for some steps earlier: under a moving schedule the two differ.
 */
export function verifyLr(
  expected: Lrs | null | undefined,
  logged: Lrs | null | undefined,
  group?: number,
): Verification {
  return VERDICT[compareLrs(expected, logged, group)];
}
