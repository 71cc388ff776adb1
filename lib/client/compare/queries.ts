import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import type { CompareBody, CompareResponse, CurvesBody, CurvesResponse } from "@/lib/contracts/compare";
import type { SavedComparison, SavedComparisonPage } from "@/lib/contracts/comparisons";

const keys = {
  all: ["compare"] as const,
  saved: ["compare", "saved"] as const,
};

/** A run that is still going on changes the answer; how often it is asked again. */
export const REFRESH_MS = 5000;

export const compareQuery = (body: CompareBody) =>
  queryOptions({
    queryKey: [...keys.all, "groups", body] as const,
    queryFn: ({ signal }) => request<CompareResponse>("/compare", { method: "POST", body, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.runs.some(({ status }) => status === "running") ? REFRESH_MS : false,
  });

export const curvesQuery = (body: CurvesBody, live: boolean) =>
  queryOptions({
    queryKey: [...keys.all, "curves", body] as const,
    queryFn: ({ signal }) => request<CurvesResponse>("/compare/curves", { method: "POST", body, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: live ? REFRESH_MS : false,
  });

export const savedComparisonsQuery = () =>
  queryOptions({
    queryKey: [...keys.saved, "list"] as const,
    queryFn: ({ signal }) => request<SavedComparisonPage>("/comparisons", { query: { limit: 100 }, signal }),
  });

export const savedComparisonQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.saved, id] as const,
    queryFn: ({ signal }) => request<SavedComparison>(urlPath("comparisons", id), { signal }),
  });

export const savedKey = keys.saved;
