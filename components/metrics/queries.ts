import { queryOptions } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import { MetricSummaries } from "@/lib/contracts/metrics";

/** Every metric of a run with its figures. */
export const metricsQuery = (runId: string) =>
  queryOptions({
    queryKey: [...queryKeys.run(runId), "metrics"] as const,
    queryFn: ({ signal }) =>
      request(`${urlPath("runs", runId)}/metrics`, { schema: MetricSummaries, signal }),
  });
