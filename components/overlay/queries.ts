import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import { Overlay } from "@/lib/contracts/overlay";
import type { OverlayRequest } from "@/lib/presenters/charts/view";

/** Everything one chart needs. The old picture stays until the next is there. */
export const overlayQuery = (runId: string, query: OverlayRequest) =>
  queryOptions({
    queryKey: [...queryKeys.run(runId), "overlay", query] as const,
    queryFn: ({ signal }) =>
      request(`${urlPath("runs", runId)}/overlay`, { schema: Overlay, query: { ...query }, signal }),
    placeholderData: keepPreviousData,
  });
