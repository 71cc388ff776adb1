import "server-only";
import { BACKTEST_LIMITS, type BacktestRequest, type BacktestResult } from "@/lib/contracts/backtest";
import { toWire } from "@/lib/contracts/wire-number";
import { PolicyError } from "@/lib/domain/plateau/policy-error";
import { backtest, backtestCost } from "@/lib/domain/plateau/replay";
import { invalid } from "../errors";

/** A pure function of the request: no run, no database. @throws ServiceError invalid_parameters naming the field */
export function runBacktest(request: BacktestRequest): BacktestResult {
  const { policy, metrics, base_lrs } = request;
  try {
    checkWork(request);
    const { lrs_after, lrs_after_by_group, ...result } = backtest(policy, metrics, base_lrs);
    return {
      ...result,
      lrs_after: lrs_after?.map(toWire),
      lrs_after_by_group: lrs_after_by_group?.map((lrs) => lrs.map(toWire)),
    };
  } catch (error) {
    if (error instanceof PolicyError) throw invalid(`policy.${error.path}`, error.message);
    throw error;
  }
}

/** @throws PolicyError for a policy that is none, ServiceError invalid_parameters for more work than a request may ask for */
function checkWork({ policy, metrics, base_lrs }: BacktestRequest): void {
  const most = Math.floor(BACKTEST_LIMITS.work / backtestCost(policy, base_lrs));
  if (metrics.length <= most) return;
  throw invalid(
    "metrics",
    `${metrics.length} values are more than the ${most} that a backtest of this policy takes: use a shorter window or fewer param groups`,
  );
}
