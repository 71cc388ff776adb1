import type { DetectorSpec } from "@/lib/domain/plateau/plateau-policy";
import { type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import { noCut, onlyCuts } from "./no-cut";
import { cutsOf } from "./plateau";
import { type Problem, throughout } from "./problem";
import type { Explanation, FindingParams } from "./report";

/** What a declared reduce-on-plateau watches, if it says so. */
export const monitorOf = (declared: DeclaredSchedule): string | undefined =>
  !isNative(declared) || declared.kind === "reduce_on_plateau" ? declared.monitor : undefined;

/** Without its metric a rule cannot be replayed; what can be told is that the LR moved as no cut of it does. */
export function withoutMetric(
  problem: Problem,
  rule: DetectorSpec | null,
  monitor: string | undefined,
): Explanation {
  const params: FindingParams = monitor === undefined ? {} : { monitor };
  const unjudged = { code: "unjudged" as const, ...throughout(problem), params };
  if (!onlyCuts(rule)) return unjudged;
  const lrs = problem.points.map(({ lr }) => lr);
  if (cutsOf(problem, lrs).length > 0) params.factor = rule.factor;
  return noCut(problem, rule) ?? unjudged;
}
