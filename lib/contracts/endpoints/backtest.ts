import { BacktestRunBody, BacktestRunResponse } from "../backtest";
import { endpoint } from "../endpoint";
import { RunParams } from "../runs";

export const backtestRun = endpoint({
  method: "POST",
  path: "/runs/{run_id}/plateau/backtest",
  tag: "plateau",
  summary: "When policies would have fired on a stored run",
  description:
    "Goes through what was logged; changes nothing. What the metric would have been after a cut nobody knows.",
  params: RunParams,
  body: BacktestRunBody,
  responses: { 200: BacktestRunResponse },
});
