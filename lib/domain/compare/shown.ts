import type { Pair } from "./pair";

export const ALPHA = 0.05;

/** By the joint test, or by Holm's method where there is none. */
export const correctedP = ({ p_joint, p_holm }: Pick<Pair, "p_joint" | "p_holm">): number | null =>
  p_joint ?? p_holm;

type Bearing = Pick<Pair, "p_joint" | "p_holm" | "interval" | "difference" | "probability_of_improvement">;

/** The corrected p is small, the interval leaves out 0, and counting diverged runs as losses does not turn it round. */
export function isShown(pair: Bearing): boolean {
  const p = correctedP(pair);
  if (p === null || p > ALPHA || pair.difference === null) return false;
  return leavesOutZero(pair) && (pair.probability_of_improvement ?? 0) > 0.5;
}

export const leavesOutZero = ({ interval }: Pick<Pair, "interval">): boolean =>
  interval !== null && (interval.low > 0 || interval.high < 0);
