import { queryOptions } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import type { ControlRequest, Decision, InboxPage } from "@/lib/contracts/control";
import type { MetricSeries } from "@/lib/contracts/metrics";

/** A stretch of a metric. */
interface MetricStretch {
  metric: string;
  from: number;
  to: number;
}

/** What waits for a decision, over all runs. */
export const inboxQuery = () =>
  queryOptions({
    queryKey: queryKeys.inbox(),
    queryFn: ({ signal }) =>
      request<InboxPage>("/control", { query: { status: "recommended", limit: 200 }, signal }),
    // What was snoozed comes back without anything having changed.
    refetchInterval: 60_000,
  });

/** The same with what is snoozed. */
export const wholeInboxQuery = () =>
  queryOptions({
    queryKey: [...queryKeys.inbox(), "snoozed"] as const,
    queryFn: ({ signal }) =>
      request<InboxPage>("/control", {
        query: { status: "recommended", limit: 200, snoozed: "1" },
        signal,
      }),
  });

/** The metric that made a policy fire, around the firing. */
export const evidenceQuery = (runId: string, { metric, from, to }: MetricStretch) =>
  queryOptions({
    queryKey: [...queryKeys.run(runId), "evidence", metric, from, to] as const,
    queryFn: ({ signal }) =>
      request<MetricSeries>(urlPath("runs", runId, "metrics", metric), {
        query: { from, to, buckets: 240 },
        signal,
      }),
  });

/** Answers what was read. @throws ProblemError `conflict` when it was decided meanwhile, or asks for something else. */
export function decide(
  { id, version }: Pick<ControlRequest, "id" | "version">,
  decision: Decision,
): Promise<ControlRequest> {
  return request<ControlRequest>(urlPath("control", id, decision), { method: "POST", body: { version } });
}

/** Hides it from the inbox for so many seconds. @throws ProblemError `conflict` when it is past deciding. */
export const snooze = (controlId: string, seconds: number): Promise<ControlRequest> =>
  request<ControlRequest>(urlPath("control", controlId, "snooze"), {
    method: "POST",
    body: { for: seconds },
  });

/** Asks the job to take it back; the answer is the new request. @throws ProblemError `conflict` with the reason. */
export const rollBack = (controlId: string): Promise<ControlRequest> =>
  request<ControlRequest>(urlPath("control", controlId, "rollback"), { method: "POST", body: {} });
