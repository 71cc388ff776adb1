import { queryOptions } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import { ControlRequest, InboxPage } from "@/lib/contracts/control";

/** What waits for a decision, over all runs. */
export const inboxQuery = () =>
  queryOptions({
    queryKey: queryKeys.inbox(),
    queryFn: ({ signal }) =>
      request("/control", { schema: InboxPage, query: { status: "recommended", limit: 200 }, signal }),
  });

export type Decision = "approve" | "reject";

/** @throws ProblemError `conflict` when someone or something else decided meanwhile. */
export function decide(controlId: string, decision: Decision): Promise<ControlRequest> {
  return request(urlPath("control", controlId, decision), {
    schema: ControlRequest,
    method: "POST",
    body: {},
  });
}
