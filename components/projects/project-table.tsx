"use client";

import { useQuery } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import { TimeText } from "@/components/ui/time-text";
import { bestRunQuery, latestRunQuery } from "@/lib/client/runs/queries";
import { useNow } from "@/lib/client/time/use-now";
import type { PrimaryMetric, Project } from "@/lib/contracts/projects";
import { own } from "@/lib/domain/own";
import { formatCount, formatValue, fullPrecision, NO_VALUE } from "@/lib/presenters/format/number";
import { formatAgo, formatInstant } from "@/lib/presenters/format/relative-time";
import { choosePrimary } from "@/lib/presenters/runs/primary-metric";
import { projectHref } from "@/lib/presenters/projects/project-card";
import { Status } from "@/components/ui/badge";

const HEAD = "h-8 px-3 text-left text-xs font-medium text-muted";

/** Every project on a line, the latest first. */
export function ProjectTable({ projects }: { projects: readonly Project[] }) {
  return (
    <table className="w-full border-collapse text-sm">
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className={HEAD}>
            Project
          </th>
          <th scope="col" className={`${HEAD} text-right`}>
            Runs
          </th>
          <th scope="col" className={`${HEAD} max-sm:hidden`}>
            Now
          </th>
          <th scope="col" className={`${HEAD} text-right max-sm:hidden`}>
            Best
          </th>
          <th scope="col" className={`${HEAD} text-right whitespace-nowrap`}>
            Last activity
          </th>
        </tr>
      </thead>
      <tbody>
        {projects.map((project) => (
          <ProjectLine key={project.id} project={project} />
        ))}
      </tbody>
    </table>
  );
}

function ProjectLine({ project }: { project: Project }) {
  const now = useNow();
  const active = project.last_activity_at ?? project.created_at;
  return (
    <tr className="group relative h-12 border-b border-line transition-colors hover:bg-surface">
      <td className="w-full max-w-0 px-3 sm:w-1/2">
        <Link
          href={projectHref(project.id)}
          className="block truncate font-medium after:absolute after:inset-0 group-hover:underline"
        >
          {project.name}
        </Link>
        {project.description ? <p className="truncate text-xs text-muted">{project.description}</p> : null}
      </td>
      <td className="px-3 text-right tabular-nums">{formatCount(project.runs)}</td>
      <td className="px-3 max-sm:hidden">
        {project.running > 0 ? (
          <Status tone="verified" shape="dot">
            {project.running} running
          </Status>
        ) : (
          <span className="text-faint">idle</span>
        )}
      </td>
      <td className="px-3 text-right max-sm:hidden">
        <Primary project={project} />
      </td>
      <td className="px-3 text-right whitespace-nowrap text-muted tabular-nums">
        <TimeText iso={active} exact={formatInstant(active)}>
          {formatAgo(active, now)}
        </TimeText>
      </td>
    </tr>
  );
}

/** Where nobody has said what the project is judged by, what its latest run logs tells. */
function Primary({ project }: { project: Project }) {
  const { data: latest } = useQuery({
    ...latestRunQuery(project.id),
    enabled: project.primary_metric === null && project.runs > 0,
  });
  const primary = choosePrimary(project.primary_metric, latest ? [latest] : []);
  return primary ? <Best projectId={project.id} primary={primary} /> : NO_VALUE;
}

function Best({ projectId, primary }: { projectId: string; primary: PrimaryMetric }) {
  const { data: run } = useQuery(bestRunQuery(projectId, primary));
  const value = run && own(run.summary, primary.key)?.[primary.mode];
  return (
    <span className="flex flex-col" title={value === undefined ? undefined : fullPrecision(value)}>
      <span className="font-medium tabular-nums">{formatValue(value)}</span>
      <span className="text-xs text-muted">{primary.key}</span>
    </span>
  );
}
