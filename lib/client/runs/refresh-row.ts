import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { ProblemError } from "@/lib/client/http/problem-error";
import { request, urlPath } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import { Run, type RunPage } from "@/lib/contracts/runs";
import type { z } from "zod";

export type RunPages = InfiniteData<z.infer<typeof RunPage>, string | null>;

/** The list with the run in its place, or in front when it is new. */
export function withRun(data: RunPages, run: Run): RunPages {
  let found = false;
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => {
      if (item.id !== run.id) return item;
      found = true;
      return run;
    }),
  }));
  if (found) return { ...data, pages };
  const [first, ...rest] = pages;
  return first ? { ...data, pages: [{ ...first, items: [run, ...first.items] }, ...rest] } : data;
}

export function withoutRun(data: RunPages, runId: string): RunPages {
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.filter((item) => item.id !== runId),
  }));
  return { ...data, pages };
}

/** Fetches one run and puts it into its project's table, if that table is on the screen. */
export async function refreshRow(client: QueryClient, projectId: string, runId: string): Promise<void> {
  const queryKey = queryKeys.projectRuns(projectId);
  if (client.getQueryCache().find({ queryKey })?.isActive() !== true) return;
  const run = await fetchRun(runId);
  client.setQueryData<RunPages>(queryKey, (data) => {
    if (!data) return data;
    return run ? withRun(data, run) : withoutRun(data, runId);
  });
}

async function fetchRun(runId: string): Promise<Run | null> {
  try {
    return await request(urlPath("runs", runId), { schema: Run });
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === "not_found") return null;
    throw error;
  }
}
