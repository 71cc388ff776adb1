import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import { PlateauResponse } from "@/lib/contracts/plateau";

const path = (runId: string) => `${urlPath("runs", runId)}/plateau`;

/** A run's policies, their counters and what they fired. */
export const plateauQuery = (runId: string) =>
  queryOptions({
    queryKey: [...queryKeys.run(runId), "plateau"] as const,
    queryFn: ({ signal }) => request(path(runId), { schema: PlateauResponse, signal }),
  });

/** Replaces all policies of a run; the server names the field that is wrong. */
export function useSetPolicies(runId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (policies: unknown) =>
      request(path(runId), { schema: PlateauResponse, method: "PUT", body: { policies } }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.run(runId) }),
  });
}
