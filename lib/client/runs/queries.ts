import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { request } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import { RunPage } from "@/lib/contracts/runs";

export const RUNS_PAGE = 200;

/** A project's runs, newest first, a page at a time. */
export const projectRunsQuery = (projectId: string) =>
  infiniteQueryOptions({
    queryKey: queryKeys.projectRuns(projectId),
    queryFn: ({ signal, pageParam }) =>
      request("/runs", {
        schema: RunPage,
        query: { project: projectId, limit: RUNS_PAGE, cursor: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

/** Runs that are under way, over all projects. */
export const runningQuery = () =>
  queryOptions({
    queryKey: queryKeys.running(),
    queryFn: ({ signal }) =>
      request("/runs", { schema: RunPage, query: { status: "running", limit: 50 }, signal }),
  });

/** The run whose primary metric got best; null when no run has logged it. */
export const bestRunQuery = (projectId: string, { key, mode }: PrimaryMetric) =>
  queryOptions({
    queryKey: queryKeys.projectBest(projectId),
    queryFn: async ({ signal }) => {
      const sort = `${mode === "max" ? "-" : ""}metric:${key}:${mode}`;
      const page = await request("/runs", {
        schema: RunPage,
        query: { project: projectId, sort, limit: 1 },
        signal,
      });
      return page.items.find((run) => run.summary[key] !== undefined) ?? null;
    },
  });
