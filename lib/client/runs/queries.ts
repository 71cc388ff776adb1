import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import { type RunTableRow, rowsOfTable } from "@/lib/contracts/run-rows";
import type { BulkBody, BulkResponse, RunFields, RunPage, RunTable } from "@/lib/contracts/runs";
import { own } from "@/lib/domain/own";
import { UNDER_WAY } from "@/lib/domain/runs/liveness";
import { NOTEWORTHY, RECENT } from "@/lib/domain/runs/noteworthy";

/** Runs to show in a table. */
export interface RunList {
  /** Newest first, archived ones as well. */
  rows: readonly RunTableRow[];
  /** How many there are; more than are listed when there are too many. */
  total: number;
  /** What they logged, the most frequent first. */
  metrics: RunTable["metrics"];
}

export const runListOf = (table: RunTable): RunList => ({
  rows: rowsOfTable(table),
  total: table.total,
  metrics: table.metrics,
});

/** The runs of a project, or of all, with the fields of `columns`. */
export const runTableQuery = (projectId: string | null, columns: string) =>
  queryOptions({
    queryKey: queryKeys.runTable(projectId, columns),
    queryFn: async ({ signal }) =>
      runListOf(
        await request<RunTable>("/runs/table", {
          query: { project: projectId ?? undefined, columns },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

const RUNS_PAGE = 200;

/** A project's runs with everything about them, newest first, a page at a time. */
export const projectRunsQuery = (projectId: string) =>
  infiniteQueryOptions({
    queryKey: queryKeys.projectRuns(projectId),
    queryFn: ({ signal, pageParam }) =>
      request<RunPage>("/runs", {
        query: { project: projectId, limit: RUNS_PAGE, cursor: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

/** What the configurations and schedules hold: fields to filter, sort and show. */
export const runFieldsQuery = (projectId: string | null) =>
  queryOptions({
    queryKey: queryKeys.runFields(projectId),
    queryFn: ({ signal }) =>
      request<RunFields>("/runs/fields", { query: { project: projectId ?? undefined }, signal }),
  });

/** @throws ProblemError `not_found` when one of the runs is gone; then nothing was changed. */
export const changeRuns = (body: BulkBody): Promise<BulkResponse> =>
  request<BulkResponse>("/runs/bulk", { method: "POST", body });

/** Runs that are under way, over all projects. */
export const runningQuery = () =>
  queryOptions({
    queryKey: queryKeys.running(),
    queryFn: ({ signal }) => request<RunPage>("/runs", { query: { ...UNDER_WAY, limit: 50 }, signal }),
  });

/** Runs of all projects in which something went wrong. */
export const noteworthyQuery = () =>
  queryOptions({
    queryKey: queryKeys.noteworthy(),
    queryFn: ({ signal }) => request<RunPage>("/runs", { query: { ...NOTEWORTHY }, signal }),
  });

/** The newest runs of all projects. */
export const recentQuery = () =>
  queryOptions({
    queryKey: queryKeys.recent(),
    queryFn: ({ signal }) => request<RunPage>("/runs", { query: { ...RECENT }, signal }),
  });

/** The run whose primary metric got best; null when no run has logged it. */
export const bestRunQuery = (projectId: string, { key, mode }: PrimaryMetric) =>
  queryOptions({
    queryKey: [...queryKeys.projectBest(projectId), key, mode] as const,
    queryFn: async ({ signal }) => {
      const sort = `${mode === "max" ? "-" : ""}metric:${key}:${mode}`;
      const page = await request<RunPage>("/runs", {
        query: { project: projectId, sort, limit: 1 },
        signal,
      });
      return page.items.find((run) => own(run.summary, key)) ?? null;
    },
  });

/** The run that was made last; null in a project without one. */
export const latestRunQuery = (projectId: string) =>
  queryOptions({
    queryKey: [...queryKeys.projectBest(projectId), "latest"] as const,
    queryFn: async ({ signal }) => {
      const page = await request<RunPage>("/runs", { query: { project: projectId, limit: 1 }, signal });
      return page.items[0] ?? null;
    },
  });
