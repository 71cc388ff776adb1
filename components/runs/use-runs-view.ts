"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { type FirstTable, type LoadedRuns, useRunTable } from "@/lib/client/runs/use-run-table";
import { type UrlPatch, useUrlState } from "@/lib/client/url/use-url-state";
import type { Project } from "@/lib/contracts/projects";
import { withoutCurves } from "@/lib/presenters/charts/curves-view";
import { neededColumns, presentRuns, type RunsView } from "@/lib/presenters/runs/runs-view";

interface RunsState {
  view: RunsView;
  loaded: LoadedRuns;
  search: URLSearchParams;
  setUrl: (patch: UrlPatch) => void;
}

/** What the table shows: the runs with the fields that the URL's view needs. */
export function useRunsView(project: Project | null, first: FirstTable): RunsState {
  const [search, setUrl] = useUrlState();
  const text = withoutCurves(useDeferredValue(search));
  // The charts' own part of the URL changes nothing about the table.
  const shown = useMemo(() => new URLSearchParams(text), [text]);
  // Which metrics there are decides which fields to ask for, and comes with the answer to the last question.
  const [metrics, setMetrics] = useState(first.table.metrics);
  const columns = neededColumns({ project, metrics, search: shown });
  const loaded = useRunTable(project?.id ?? null, columns, first);
  const { rows, metrics: found } = loaded.list;
  if (found !== metrics && keysOf(found) !== keysOf(metrics)) setMetrics(found);
  const [now] = useState(() => Date.now());
  const view = useMemo(
    () => presentRuns({ project, metrics, search: shown }, rows, now),
    [project, metrics, shown, rows, now],
  );
  return { view, loaded, search, setUrl };
}

const keysOf = (metrics: FirstTable["table"]["metrics"]): string => metrics.map(({ key }) => key).join("\n");
