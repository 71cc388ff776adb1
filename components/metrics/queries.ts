import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import { loadSeries } from "@/lib/client/metrics/load-series";
import { queryKeys } from "@/lib/client/query-keys";
import type { MetricSummaries, ObservationPage, SeriesBody } from "@/lib/contracts/metrics";

/** Every metric of a run with its figures. */
export const metricsQuery = (runId: string) =>
  queryOptions({
    queryKey: [...queryKeys.run(runId), "metrics"] as const,
    queryFn: ({ signal }) => request<MetricSummaries>(`${urlPath("runs", runId)}/metrics`, { signal }),
  });

/** Several metrics of one run in one request; the old answer stays while the next is on its way. */
export const runSeriesQuery = (runId: string, body: Omit<SeriesBody, "runs">) =>
  queryOptions({
    queryKey: [...queryKeys.run(runId), "series", body] as const,
    queryFn: ({ signal }) => loadSeries({ runs: [runId], ...body }, signal),
    placeholderData: keepPreviousData,
  });

export interface RawPage {
  readonly key: string;
  readonly from: number;
  readonly cursor: string | null;
}

export const RAW_ROWS = 100;

/** A metric's observations as they were logged, from a step on, a page at a time. */
export const observationsQuery = (runId: string, { key, from, cursor }: RawPage) =>
  queryOptions({
    queryKey: [...queryKeys.run(runId), "raw", key, from, cursor] as const,
    queryFn: ({ signal }) =>
      request<ObservationPage>(urlPath("runs", runId, "metrics", key), {
        query: { raw: 1, from, limit: RAW_ROWS, cursor: cursor ?? undefined },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
