import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/client/http/request";
import type { AdviseResponse, AdviseBody } from "@/lib/contracts/advise";
import type { ExportResponse, ExportBody } from "@/lib/contracts/export";
import type { RangeTestResponse, RangeTestBody } from "@/lib/contracts/range-test";

/** Each is a pure function of its body: equal ones share one answer, which never grows stale. */
const PURE = { staleTime: Infinity, retry: false } as const;

/** A schedule as code; the last code stays until the next is there. */
export const exportQuery = (body: ExportBody) =>
  queryOptions({
    queryKey: ["schedules", "export", body] as const,
    queryFn: ({ signal }) => request<ExportResponse>("/schedules/export", { method: "POST", body, signal }),
    placeholderData: keepPreviousData,
    ...PURE,
  });

/** null: the question is not complete, so nothing is asked. */
export const adviseQuery = (body: AdviseBody | null) =>
  queryOptions({
    queryKey: ["schedules", "advise", body] as const,
    queryFn: ({ signal }) => request<AdviseResponse>("/schedules/advise", { method: "POST", body, signal }),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    ...PURE,
  });

/** null: there is nothing to judge. A run that goes on is judged anew each time it is asked for. */
export const rangeTestQuery = (body: RangeTestBody | null) =>
  queryOptions({
    queryKey: ["schedules", "range-test", body] as const,
    queryFn: ({ signal }) =>
      request<RangeTestResponse>("/schedules/range-test", { method: "POST", body, signal }),
    enabled: body !== null,
    retry: false,
    staleTime: body?.run_id === undefined ? Infinity : 0,
  });
