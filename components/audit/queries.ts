import { queryOptions } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import { RunAudit } from "@/lib/contracts/audit";
import { HealthNotes } from "@/lib/contracts/health-notes";

/** A live run is judged anew every so often, not with every point: both read the whole log. */
const EVERY_MS = 30_000;

/** The audit with what the log shows where nothing is declared. */
export const runAuditQuery = (runId: string, live: boolean) =>
  queryOptions({
    queryKey: ["run-audit", runId] as const,
    queryFn: ({ signal }) => request(`${urlPath("runs", runId)}/audit`, { schema: RunAudit, signal }),
    refetchInterval: live ? EVERY_MS : false,
  });

/** What the losses say about the LR. */
export const healthNotesQuery = (runId: string, live: boolean) =>
  queryOptions({
    queryKey: ["run-health", runId] as const,
    queryFn: ({ signal }) => request(`${urlPath("runs", runId)}/health`, { schema: HealthNotes, signal }),
    refetchInterval: live ? EVERY_MS : false,
  });
