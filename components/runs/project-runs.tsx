"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Status } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { inboxQuery } from "@/lib/client/control/queries";
import { projectQuery } from "@/lib/client/projects/queries";
import type { FirstTable } from "@/lib/client/runs/use-run-table";
import type { Project } from "@/lib/contracts/projects";
import { driftOf, projectCounts } from "@/lib/presenters/projects/project-card";
import { RunsCurves } from "./runs-curves";
import { RunsPanel } from "./runs-panel";
import { useRunsView } from "./use-runs-view";

interface Props {
  project: Project;
  first: FirstTable;
  /** Shown while there is no run: how to log one. */
  firstSteps: ReactNode;
  /** What can be done to the project. */
  actions: ReactNode;
}

/** A project: its runs in a table beside the curves of those that are chosen. The URL holds the view. */
export function ProjectRuns({ project: initial, first, firstSteps, actions }: Props) {
  const { data: project } = useQuery({ ...projectQuery(initial.id), initialData: initial });
  const { view, loaded, search, setUrl } = useRunsView(project, first);
  const charts = search.get("charts") !== "off";
  if (loaded.list.rows.length === 0) {
    return (
      <>
        <ProjectHeader project={project} actions={actions} />
        {firstSteps}
      </>
    );
  }
  return (
    <div className="flex flex-col min-[1100px]:h-[calc(100dvh-3rem)]">
      <ProjectHeader project={project} actions={actions} />
      <div
        className={cn(
          "grid min-h-0 flex-1",
          charts && "min-[1100px]:grid-cols-[minmax(0,23fr)_minmax(0,17fr)]",
        )}
      >
        <RunsPanel
          projectId={project.id}
          {...{ view, loaded, search, setUrl, charts }}
          className={cn(charts && "order-2 border-line min-[1100px]:order-1 min-[1100px]:border-r")}
        />
        {charts ? (
          <div className="order-1 flex min-h-0 min-w-0 flex-col min-[1100px]:order-2">
            <RunsCurves project={project} view={view} search={search} onChange={setUrl} />
          </div>
        ) : null}
      </div>
    </div>
  );
}

function ProjectHeader({ project, actions }: Pick<Props, "project" | "actions">) {
  const waiting =
    useQuery(inboxQuery()).data?.items.filter((item) => item.run.project.id === project.id).length ?? 0;
  const drift = driftOf(project);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-b border-line px-4 py-1">
      <h1 className="text-lg font-semibold tracking-tight">{project.name}</h1>
      <span className="text-sm text-muted tabular-nums">{projectCounts(project, waiting).join(" · ")}</span>
      {drift === null ? null : (
        <Link href={drift.href} className="rounded hover:underline" title="Show the runs that drift">
          <Status tone="drift" shape="triangle" className="text-sm">
            {drift.text}
          </Status>
        </Link>
      )}
      {project.description ? (
        <span className="min-w-0 truncate text-sm text-muted max-md:hidden" title={project.description}>
          {project.description}
        </span>
      ) : null}
      <div className="ml-auto">{actions}</div>
    </div>
  );
}
