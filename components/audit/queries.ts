import { queryOptions } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import type { RunAudit } from "@/lib/contracts/audit";
import type { HealthNotes } from "@/lib/contracts/health-notes";

/** A live run is judged anew every so often, not with every point: both read the whole log. */
const EVERY_MS = 30_000;

/** The audit with what the log shows where nothing is declared. */
export const runAuditQuery = (runId: string, live: boolean) =>
  queryOptions({
    queryKey: ["run-audit", runId] as const,
    queryFn: ({ signal }) => request<RunAudit>(`${urlPath("runs", runId)}/audit`, { signal }),
    refetchInterval: live ? EVERY_MS : false,
  });

/** What the losses say about the LR. */
export const healthNotesQuery = (runId: string, live: boolean) =>
  queryOptions({
    queryKey: ["run-health", runId] as const,
    queryFn: ({ signal }) => request<HealthNotes>(`${urlPath("runs", runId)}/health`, { signal }),
    refetchInterval: live ? EVERY_MS : false,
  });
