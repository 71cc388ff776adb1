import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import type { SeriesResponse, SeriesBody } from "@/lib/contracts/metrics";

/** Several runs' metrics in one request; the old answer stays while the next is on its way. */
export const projectSeriesQuery = (projectId: string, body: SeriesBody) =>
  queryOptions({
    queryKey: queryKeys.projectSeries(projectId, body),
    queryFn: ({ signal }) => request<SeriesResponse>("/series", { method: "POST", body, signal }),
    placeholderData: keepPreviousData,
    enabled: body.runs.length > 0,
  });
