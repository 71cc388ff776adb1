"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PanelError } from "@/components/ui/panel-error";
import { inboxQuery } from "@/lib/client/control/queries";
import { projectQuery } from "@/lib/client/projects/queries";
import { useProjectRuns } from "@/lib/client/runs/use-project-runs";
import { type UrlPatch, useUrlState } from "@/lib/client/url/use-url-state";
import type { Project } from "@/lib/contracts/projects";
import type { RunPage } from "@/lib/contracts/runs";
import { formatInteger } from "@/lib/presenters/format/number";
import { projectCounts } from "@/lib/presenters/projects/project-card";
import { parseRunFilter } from "@/lib/presenters/runs/run-filter";
import { presentProject, type ProjectView } from "@/lib/presenters/runs/project-view";
import { MAX_SELECTION, selectionText } from "@/lib/presenters/runs/run-selection";
import { NEWEST_FIRST, sortText } from "@/lib/presenters/runs/run-sort";
import type { z } from "zod";
import { RunsCurves } from "./runs-curves";
import { RunsTable } from "./runs-table";
import { RunsToolbar } from "./runs-toolbar";

interface Props {
  project: Project;
  firstPage: z.infer<typeof RunPage>;
  /** Shown while there is no run: how to log one. */
  firstSteps: ReactNode;
}

/** A project: its runs in a table beside the curves of those that are chosen. The URL holds the view. */
export function ProjectRuns({ project: initial, firstPage, firstSteps }: Props) {
  const { data: project } = useQuery({ ...projectQuery(initial.id), initialData: initial });
  const { runs, complete, failure, retry } = useProjectRuns(initial.id, firstPage);
  const [search, setUrl] = useUrlState();
  const shown = useDeferredValue(search);
  const [now] = useState(() => Date.now());
  const view = useMemo(() => presentProject(project, runs, shown, now), [project, runs, shown, now]);
  if (runs.length === 0) {
    return (
      <>
        <ProjectHeader project={project} />
        {firstSteps}
      </>
    );
  }
  return (
    <div className="flex flex-col min-[1100px]:h-[calc(100dvh-3rem)]">
      <ProjectHeader project={project} />
      <div className="grid min-h-0 flex-1 min-[1100px]:grid-cols-[minmax(0,23fr)_minmax(0,17fr)]">
        <section
          aria-label="Runs"
          className="order-2 flex min-h-0 min-w-0 flex-col border-line min-[1100px]:order-1 min-[1100px]:border-r"
        >
          <RunsToolbar
            filter={parseRunFilter(search)}
            families={view.families}
            hidden={hiddenOf(search)}
            onChange={setUrl}
          />
          {failure ? <PanelError reason={failure} onRetry={retry} /> : null}
          <RunsList view={view} hidden={hiddenOf(search)} setUrl={setUrl} />
          <p role="status" className="border-t border-line px-4 py-1.5 text-xs text-muted tabular-nums">
            {complete
              ? `${formatInteger(view.rows.length)} of ${formatInteger(runs.length)} runs`
              : `${formatInteger(runs.length)} of ${formatInteger(project.runs)} runs loaded`}
          </p>
        </section>
        <div className="order-1 flex min-h-0 min-w-0 flex-col min-[1100px]:order-2">
          <RunsCurves projectId={project.id} view={view} onChange={setUrl} />
        </div>
      </div>
    </div>
  );
}

const hiddenOf = (search: URLSearchParams): string[] => search.get("hide")?.split(",").filter(Boolean) ?? [];

function ProjectHeader({ project }: { project: Project }) {
  const waiting =
    useQuery(inboxQuery()).data?.items.filter((item) => item.run.project.id === project.id).length ?? 0;
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-b border-line px-4 py-2">
      <h1 className="text-lg font-semibold tracking-tight">{project.name}</h1>
      <span className="text-sm text-muted tabular-nums">{projectCounts(project, waiting).join(" · ")}</span>
      {project.description ? (
        <span className="min-w-0 truncate text-sm text-muted max-md:hidden" title={project.description}>
          {project.description}
        </span>
      ) : null}
    </div>
  );
}

interface ListProps {
  view: ProjectView;
  hidden: readonly string[];
  setUrl: (patch: UrlPatch) => void;
}

function RunsList({ view, hidden, setUrl }: ListProps) {
  const [refused, setRefused] = useState(false);
  const selected = new Set(view.selected.map((row) => row.id));
  const choose = (ids: readonly string[]) => {
    setRefused(ids.length > MAX_SELECTION);
    setUrl({ runs: selectionText(ids.slice(0, MAX_SELECTION)) });
  };
  if (view.rows.length === 0) {
    return (
      <EmptyState
        className="flex-1"
        title="No run matches the filter"
        actions={
          <Button onClick={() => setUrl({ q: null, status: null, schedule: null })}>Show all runs</Button>
        }
      />
    );
  }
  return (
    <>
      {refused ? (
        <p role="status" className="px-4 pb-2 text-xs text-recommended">
          {MAX_SELECTION} runs are drawn; more would not be told apart.
        </p>
      ) : null}
      <RunsTable
        className="max-h-[70dvh] min-h-0 flex-1 min-[1100px]:max-h-none"
        rows={view.rows}
        selected={selected}
        onSelect={(id, on) => choose(on ? [...selected, id] : [...selected].filter((other) => other !== id))}
        onSelectShown={(on) => choose(on ? view.rows.map((row) => row.id) : [])}
        sort={view.sort}
        onSort={(sort) => setUrl({ sort: sortText(sort) === sortText(NEWEST_FIRST) ? null : sortText(sort) })}
        hidden={hidden}
        metric={view.metric}
      />
    </>
  );
}
