"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { type RunList, runListOf, runTableQuery } from "@/lib/client/runs/queries";
import type { RunTable } from "@/lib/contracts/runs";

export interface FirstTable {
  table: RunTable;
  /** The fields that it was asked for. */
  columns: string;
}

export interface LoadedRuns {
  list: RunList;
  /** The first rows are here, the others on their way. */
  loading: boolean;
  /** Why the table could not be loaded, in a sentence. */
  failure: string | null;
  retry: () => void;
}

/** The runs of a project, or of all. The newest come with the document, the others at once after it. */
export function useRunTable(projectId: string | null, columns: string, first: FirstTable): LoadedRuns {
  const [initial] = useState(() => runListOf(first.table));
  const complete = initial.rows.length >= initial.total;
  const { data, error, isFetching, refetch } = useQuery({
    ...runTableQuery(projectId, columns),
    initialData: columns === first.columns ? initial : undefined,
    initialDataUpdatedAt: complete ? undefined : 0,
  });
  const list = data ?? initial;
  return {
    list,
    loading: isFetching && list.rows.length < list.total,
    failure: error === null ? null : sentenceOf(error),
    retry: () => void refetch(),
  };
}
