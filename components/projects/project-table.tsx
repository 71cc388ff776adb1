"use client";

import { useQuery } from "@tanstack/react-query";
import { Spark } from "@/components/charts/spark";
import { Link } from "@/components/ui/link";
import { TimeText } from "@/components/ui/time-text";
import { bestRunQuery, latestRunQuery } from "@/lib/client/runs/queries";
import { sparkQuery } from "@/lib/client/runs/row-queries";
import { useNow } from "@/lib/client/time/use-now";
import type { PrimaryMetric, Project } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import { own } from "@/lib/domain/own";
import { formatCount, formatValue, fullPrecision, NO_VALUE } from "@/lib/presenters/format/number";
import { formatAgo, formatInstant } from "@/lib/presenters/format/relative-time";
import { choosePrimary, lrKeyOf } from "@/lib/presenters/runs/primary-metric";
import { driftOf, projectHref } from "@/lib/presenters/projects/project-card";
import { Status } from "@/components/ui/badge";

const HEAD = "h-8 px-3 text-left text-xs font-medium whitespace-nowrap text-muted";

interface Props {
  projects: readonly Project[];
  /** Requests that wait for a person, by the project's id. */
  waiting: ReadonlyMap<string, number>;
}

/** Every project on a line, the latest first. */
export function ProjectTable({ projects, waiting }: Props) {
  return (
    <table className="w-full border-collapse text-sm">
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className={HEAD}>
            Project
          </th>
          <th scope="col" className={`${HEAD} max-md:hidden`}>
            Best run
          </th>
          <th scope="col" className={`${HEAD} text-right max-md:hidden`}>
            Best
          </th>
          <th scope="col" className={`${HEAD} text-right`}>
            Runs
          </th>
          <th scope="col" className={`${HEAD} max-sm:hidden`}>
            State
          </th>
          <th scope="col" className={`${HEAD} text-right`}>
            Last activity
          </th>
        </tr>
      </thead>
      <tbody>
        {projects.map((project) => (
          <ProjectLine key={project.id} project={project} waiting={waiting.get(project.id) ?? 0} />
        ))}
      </tbody>
    </table>
  );
}

function ProjectLine({ project, waiting }: { project: Project; waiting: number }) {
  const now = useNow();
  const active = project.last_activity_at ?? project.created_at;
  return (
    <tr className="group relative h-14 border-b border-line transition-colors hover:bg-surface">
      <td className="w-full max-w-0 px-3 sm:w-1/3">
        <Link
          href={projectHref(project.id)}
          className="block truncate font-medium after:absolute after:inset-0 group-hover:underline"
        >
          {project.name}
        </Link>
        {project.description ? (
          <p className="truncate text-xs text-muted" title={project.description}>
            {project.description}
          </p>
        ) : null}
        <span className="relative block py-1 sm:hidden">
          <States project={project} waiting={waiting} />
        </span>
      </td>
      <Primary project={project} />
      <td className="px-3 text-right tabular-nums">{formatCount(project.runs)}</td>
      <td className="px-3 py-1 max-sm:hidden">
        <States project={project} waiting={waiting} />
      </td>
      <td className="px-3 text-right whitespace-nowrap text-muted tabular-nums">
        <TimeText iso={active} exact={formatInstant(active)}>
          {formatAgo(active, now)}
        </TimeText>
      </td>
    </tr>
  );
}

/** What is under way, what waits and what drifts; nothing that is nothing. */
function States({ project, waiting }: { project: Project; waiting: number }) {
  const drift = driftOf(project);
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-0.5 sm:flex-col sm:items-start">
      {project.running > 0 ? (
        <Status tone="verified" shape="dot">
          {project.running} running
        </Status>
      ) : null}
      {project.silent > 0 ? (
        <Status tone="neutral" shape="clock">
          {project.silent} silent
        </Status>
      ) : null}
      {waiting > 0 ? (
        <Status tone="recommended" shape="triangle">
          {waiting} waiting for you
        </Status>
      ) : null}
      {drift === null ? null : (
        <Link href={drift.href} className="relative z-[1] rounded hover:underline">
          <Status tone="drift" shape="triangle">
            {drift.text}
          </Status>
        </Link>
      )}
    </span>
  );
}

/** Where nobody has said what the project is judged by, what its latest run logs tells. */
function Primary({ project }: { project: Project }) {
  const { data: latest } = useQuery({
    ...latestRunQuery(project.id),
    enabled: project.primary_metric === null && project.runs > 0,
  });
  const primary = choosePrimary(project.primary_metric, latest ? [latest] : []);
  if (primary === null) return <Best run={null} primary={null} />;
  return <BestOf projectId={project.id} primary={primary} />;
}

function BestOf({ projectId, primary }: { projectId: string; primary: PrimaryMetric }) {
  const { data: run } = useQuery(bestRunQuery(projectId, primary));
  return <Best run={run ?? null} primary={primary} />;
}

function Best({ run, primary }: { run: Run | null; primary: PrimaryMetric | null }) {
  const value = run && primary ? own(run.summary, primary.key)?.[primary.mode] : undefined;
  return (
    <>
      <td className="px-3 max-md:hidden">
        {run && primary ? (
          <span className="flex flex-col" title={`${primary.key} of ${run.name}, over its LR`}>
            <BestSpark run={run} primary={primary} />
            <span className="max-w-36 truncate text-xs text-muted">{run.name}</span>
          </span>
        ) : null}
      </td>
      <td
        className="px-3 text-right max-md:hidden"
        title={value === undefined ? undefined : fullPrecision(value)}
      >
        {primary === null ? (
          NO_VALUE
        ) : (
          <span className="flex flex-col">
            <span className="font-medium tabular-nums">{formatValue(value)}</span>
            <span className="text-xs text-muted">{primary.key}</span>
          </span>
        )}
      </td>
    </>
  );
}

function BestSpark({ run, primary }: { run: Run; primary: PrimaryMetric }) {
  const { data } = useQuery(sparkQuery(run.id, primary.key, lrKeyOf(run)));
  const scale = primary.mode === "min" ? "log" : "linear";
  return <Spark metric={data?.metric ?? []} lr={data?.lr ?? []} scale={scale} css="var(--ink)" />;
}
