import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { loadSeries } from "@/lib/client/metrics/load-series";
import { queryKeys } from "@/lib/client/query-keys";
import type { SeriesBody } from "@/lib/contracts/metrics";

/** Several runs' metrics in one request; the old answer stays while the next is on its way. */
export const projectSeriesQuery = (projectId: string, body: SeriesBody) =>
  queryOptions({
    queryKey: queryKeys.projectSeries(projectId, body),
    queryFn: ({ signal }) => loadSeries(body, signal),
    placeholderData: keepPreviousData,
    enabled: body.runs.length > 0,
  });
