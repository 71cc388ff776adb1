import "server-only";
import type { BacktestRequest, BacktestResult } from "@/lib/contracts/backtest";
import { toWire } from "@/lib/contracts/wire-number";
import { PolicyError } from "@/lib/domain/plateau/policy-error";
import { backtest } from "@/lib/domain/plateau/replay";
import { invalid } from "../errors";

/** A pure function of the request: no run, no database. @throws ServiceError invalid_parameters naming the field */
export function runBacktest({ policy, metrics, base_lrs }: BacktestRequest): BacktestResult {
  try {
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
