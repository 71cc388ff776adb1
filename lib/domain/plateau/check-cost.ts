import type { DetectorSpec } from "./plateau-policy";

/** Values of its window that a rule goes through in the time that a check takes by itself. */
const WINDOW_SHARE = 5;

/**
 * What one check of a rule costs, a check of torch's rule for one param group being 1. The trend rule orders its window at
 * each check, and GreedyLR's smoothing keeps one.
 */
export function checkCost(spec: DetectorSpec, groups: number): number {
  if (spec.rule === "trend") return groups + spec.window / WINDOW_SHARE;
  if (spec.rule === "greedy" && spec.smooth) return groups + spec.window_size / WINDOW_SHARE;
  return groups;
}
