"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { savedComparisonQuery, savedKey } from "@/lib/client/compare/queries";
import { problemOf } from "@/lib/client/http/problem-error";
import { request, urlPath } from "@/lib/client/http/request";
import type { SaveComparisonBody, SavedComparison } from "@/lib/contracts/comparisons";

/** The comparison that the page was opened from; undefined while it loads, and without one. */
export function useSavedComparison(id: string | null): SavedComparison | undefined {
  return useQuery({ ...savedComparisonQuery(id ?? ""), enabled: id !== null, retry: false }).data;
}

/** Saves under a name: a new one, or over the one with `id`. */
export function useSave(onSaved: (saved: SavedComparison) => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id: string | null; body: SaveComparisonBody }) =>
      id === null
        ? request<SavedComparison>("/comparisons", { method: "POST", body })
        : request<SavedComparison>(urlPath("comparisons", id), { method: "PATCH", body }),
    onSuccess: async (saved) => {
      await cache.invalidateQueries({ queryKey: savedKey });
      onSaved(saved);
    },
  });
}

export function useDelete() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => deleteSaved(id),
    onSuccess: () => cache.invalidateQueries({ queryKey: savedKey }),
  });
}

/** Answers with nothing, so there is nothing to parse. */
async function deleteSaved(id: string): Promise<void> {
  const response = await fetch(`/api/v1${urlPath("comparisons", id)}`, { method: "DELETE" });
  if (!response.ok) throw await problemOf(response);
}
