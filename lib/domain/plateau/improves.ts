import type { ThresholdRule } from "./plateau-policy";

/**
 * torch's four comparisons, all strict (`ReduceLROnPlateau._is_better`); GreedyLR and timm use the same. Written as
 * torch writes them, since the rounding of the product decides at the boundary. False for NaN on either side.
 */
export function improves(
  { mode, threshold, threshold_mode }: ThresholdRule,
  value: number,
  best: number,
): boolean {
  if (threshold_mode === "rel") {
    return mode === "min" ? value < best * (1 - threshold) : value > best * (threshold + 1);
  }
  return mode === "min" ? value < best - threshold : value > best + threshold;
}

/** What nothing has beaten yet: +∞ when small is good, −∞ when large is. */
export const worst = (mode: "min" | "max") =>
  mode === "min" ? ("Infinity" as const) : ("-Infinity" as const);
