"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { projectRunsQuery } from "@/lib/client/runs/queries";
import type { RunPages } from "@/lib/client/runs/refresh-row";
import type { Run } from "@/lib/contracts/runs";

export interface ProjectRuns {
  /** Newest first: all of them, or those loaded so far. */
  runs: readonly Run[];
  complete: boolean;
  /** Why the rest could not be loaded, in a sentence. */
  failure: string | null;
  retry: () => void;
}

/** A project's runs. The first page comes with the document; the others follow by themselves, one after the other. */
export function useProjectRuns(projectId: string, firstPage: RunPages["pages"][number]): ProjectRuns {
  const { data, error, fetchNextPage, hasNextPage, isFetching } = useInfiniteQuery({
    ...projectRunsQuery(projectId),
    initialData: { pages: [firstPage], pageParams: [null] },
  });
  useEffect(() => {
    if (hasNextPage && !isFetching && error === null) void fetchNextPage();
  }, [hasNextPage, isFetching, error, fetchNextPage]);
  const runs = useMemo(() => data.pages.flatMap((page) => page.items), [data]);
  return {
    runs,
    complete: !hasNextPage,
    failure: error === null ? null : sentenceOf(error),
    retry: () => void fetchNextPage(),
  };
}
