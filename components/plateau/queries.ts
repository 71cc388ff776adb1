import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import type { PlateauResponse } from "@/lib/contracts/plateau";
import type { Project } from "@/lib/contracts/projects";

const path = (runId: string) => `${urlPath("runs", runId)}/plateau`;

/** A run's policies, their counters and what they fired. */
export const plateauQuery = (runId: string) =>
  queryOptions({
    queryKey: [...queryKeys.run(runId), "plateau"] as const,
    queryFn: ({ signal }) => request<PlateauResponse>(path(runId), { signal }),
  });

/**
 * Replaces all policies of a run, and those that new runs of `projectId` start with when it is given; the server names
 * the field that is wrong.
 */
export function useSetPolicies(runId: string, projectId: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (policies: unknown) => {
      const saved = await request<PlateauResponse>(path(runId), {
        method: "PUT",
        body: { policies },
      });
      if (projectId !== null) {
        const body = { plateau: policies };
        await request<Project>(urlPath("projects", projectId), { method: "PATCH", body });
      }
      return saved;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.run(runId) }),
  });
}
