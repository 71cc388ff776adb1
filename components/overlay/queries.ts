import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import type { Overlay } from "@/lib/contracts/overlay";
import type { OverlayRequest } from "@/lib/presenters/charts/view";

/** Everything one chart needs. The old picture stays until the next is there. */
export const overlayQuery = (runId: string, query: OverlayRequest) =>
  queryOptions({
    queryKey: [...queryKeys.run(runId), "overlay", query] as const,
    queryFn: ({ signal }) =>
      request<Overlay>(`${urlPath("runs", runId)}/overlay`, { query: { ...query }, signal }),
    placeholderData: keepPreviousData,
  });
