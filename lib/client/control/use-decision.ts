"use client";

import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import { decide, type Decision } from "@/lib/client/control/queries";
import { queryKeys } from "@/lib/client/query-keys";
import type { ControlRequest } from "@/lib/contracts/control";

export interface DecisionInput {
  request: ControlRequest;
  decision: Decision;
}

/** Approves or rejects, then refetches the inbox and the run whichever way it went. */
export function useDecision(): UseMutationResult<ControlRequest, Error, DecisionInput> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ request, decision }: DecisionInput) => decide(request.id, decision),
    onSettled: (_result, _error, { request }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.inbox() }),
        client.invalidateQueries({ queryKey: queryKeys.run(request.run_id) }),
      ]),
  });
}
