"use client";

import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import { queryKeys } from "@/lib/client/query-keys";
import type { ControlRequest } from "@/lib/contracts/control";

export interface ControlAction {
  runId: string;
  /** What is asked of the server. */
  act: () => Promise<ControlRequest>;
}

/** Does something to a request, then refetches the inbox and the run whichever way it went. */
export function useControlAction(): UseMutationResult<ControlRequest, Error, ControlAction> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ act }: ControlAction) => act(),
    onSettled: (_result, _error, { runId }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.inbox() }),
        client.invalidateQueries({ queryKey: queryKeys.run(runId) }),
      ]),
  });
}
