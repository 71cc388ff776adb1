import type { DetectorSpec } from "@/lib/domain/plateau/plateau-policy";
import { type Problem, stepAt } from "./problem";
import type { Explanation } from "./report";

/** A rule that only ever multiplies the LR by its factor, down to a floor. */
type CuttingRule = Extract<DetectorSpec, { rule: "torch" | "timm" | "keras" | "optax" | "trend" }>;

export const onlyCuts = (rule: DetectorSpec | null): rule is CuttingRule =>
  rule !== null && rule.rule !== "greedy" && !(rule.rule === "timm" && rule.warmup_t > 0);

/** Points from a move on that no cut makes before it counts. */
const LEAST_POINTS = 3;

/** The first move of the LR that is no cut of the rule, nor several of them between two points. */
export function noCut(problem: Problem, rule: CuttingRule): Explanation | null {
  const { points, curve, masked, tolerances } = problem;
  const { factor } = rule;
  const base = curve.atStep(0);
  // The LR that the changes alone would have left.
  const uncut = problem.expect(() => base);
  const floor = floorOf(rule, base, problem.group);
  const last = points.length - LEAST_POINTS;
  for (let i = 0; i <= last; i += 1) {
    const [from_lr, to_lr] = [points[i - 1]?.lr ?? base, points[i]?.lr ?? Number.NaN];
    const kept = ((uncut[i] ?? base) / (uncut[i - 1] ?? base)) * from_lr;
    const cuts = Math.max(0, Math.round(Math.log(to_lr / kept) / Math.log(factor)));
    const allowed = [kept * factor ** cuts, floor, factor === 0 ? 0 : kept];
    if (masked[i] || allowed.some((lr) => Math.abs(to_lr - lr) <= tolerances.loose(to_lr, lr))) continue;
    const params = { from_lr, to_lr, factor };
    const [from, to] = [stepAt(problem, i), stepAt(problem, points.length - 1)];
    return { code: "plateau_mismatch", from, to, params };
  }
  return null;
}

function floorOf(rule: CuttingRule, base: number, group: number): number {
  const least = typeof rule.min_lr === "number" ? rule.min_lr : (rule.min_lr[group] ?? 0);
  return rule.rule === "optax" ? Math.max(least, base * rule.min_scale) : least;
}
