import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import type { BacktestRunResponse } from "@/lib/contracts/backtest";
import type { JsonObject } from "@/lib/contracts/common";

interface Body {
  policies: readonly JsonObject[];
  sweep?: { policy: number; patience: readonly number[]; threshold: readonly number[] };
}

/** Not under the run's key: a live run would have everything gone through again at each point. */
export const backtestQuery = (runId: string, body: Body) =>
  queryOptions({
    queryKey: ["backtest", runId, body] as const,
    queryFn: ({ signal }) =>
      request<BacktestRunResponse>(`${urlPath("runs", runId)}/plateau/backtest`, {
        method: "POST",
        body,
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
    enabled: body.policies.length > 0,
  });
