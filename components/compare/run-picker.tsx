"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import { useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { PanelError } from "@/components/ui/panel-error";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { projectRunsQuery } from "@/lib/client/runs/queries";
import { patched } from "@/lib/client/url/use-url-state";
import type { Project } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import { pickedRuns, pickerRuns } from "@/lib/presenters/compare/picker";
import { projectsText } from "@/lib/presenters/compare/view";
import { formatInteger, plural } from "@/lib/presenters/format/number";

/** What to compare: a project's runs, or some of them. */
export function RunPicker({ projects }: { projects: readonly Project[] }) {
  const [first] = [...projects].sort((a, b) => b.runs - a.runs);
  const [projectId, setProjectId] = useState(first?.id ?? "");
  // Kept while another project is looked at: runs of several projects may be compared.
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  if (!first) {
    return (
      <EmptyState
        title="Nothing to compare yet"
        actions={
          <Link href="/" className={buttonClass("primary")}>
            Load example runs
          </Link>
        }
      >
        Log some runs, a few seeds of each schedule, and compare the schedules here.
      </EmptyState>
    );
  }
  const project = projects.find(({ id }) => id === projectId) ?? first;
  return (
    <section aria-labelledby="picker" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="picker" className="mr-auto text-lg font-semibold">
          What do you want to compare?
        </h2>
        <Select
          label="project"
          value={project.id}
          options={projects.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setProjectId}
        />
        <Link
          href={`/compare${patched("", { project: projectsText([project.name]) })}`}
          className={buttonClass("primary")}
        >
          Compare its {formatInteger(project.runs)} runs by schedule
        </Link>
      </div>
      <RunList key={project.id} project={project} chosen={chosen} setChosen={setChosen} />
    </section>
  );
}

interface RunListProps {
  project: Project;
  chosen: ReadonlySet<string>;
  setChosen: (chosen: ReadonlySet<string>) => void;
}

function RunList({ project, chosen, setChosen }: RunListProps) {
  const { data, error, isPending, refetch } = useInfiniteQuery(projectRunsQuery(project.id));
  const [text, setText] = useState("");
  if (error) return <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} />;
  if (isPending) return <Skeleton className="h-96" />;
  const runs = data.pages.flatMap((page) => page.items);
  const { shown, note } = pickerRuns(runs, text, project.runs);
  const toggle = (ids: readonly string[], on: boolean) => setChosen(pickedRuns(chosen, ids, on));
  const ids = shown.map(({ id }) => id);
  const picked = ids.filter((id) => chosen.has(id)).length;
  return (
    <div className="rounded-lg border border-line">
      <div className="flex flex-wrap items-center gap-3 border-b border-line p-2 pl-3">
        <Checkbox
          label="All runs in the list"
          checked={picked > 0 && picked === ids.length}
          mixed={picked > 0 && picked < ids.length}
          onChange={(on) => toggle(ids, on)}
        />
        <Input
          aria-label="Filter runs by name, group, tag or schedule"
          placeholder="Or choose runs: filter by name, group, tag or schedule"
          className="min-w-40 flex-1"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {chosen.size === 0 ? (
          <Button disabled>Choose at least one run</Button>
        ) : (
          <Link
            href={`/compare${patched("", { runs: [...chosen].join(",") })}`}
            className={buttonClass("primary")}
          >
            Compare {plural(chosen.size, "run")}
          </Link>
        )}
      </div>
      <ul className="max-h-[26rem] overflow-y-auto" tabIndex={0} aria-label="Runs">
        {shown.map((run) => (
          <RunLine
            key={run.id}
            run={run}
            checked={chosen.has(run.id)}
            onChange={(on) => toggle([run.id], on)}
          />
        ))}
      </ul>
      {note ? <p className="border-t border-line px-3 py-1.5 text-xs text-muted">{note}</p> : null}
    </div>
  );
}

function RunLine({
  run,
  checked,
  onChange,
}: {
  run: Run;
  checked: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <li className="flex h-8 items-center gap-3 border-b border-line px-3 text-sm last:border-0">
      <Checkbox label={run.name} checked={checked} onChange={onChange} />
      <span className="min-w-0 flex-1 truncate">{run.name}</span>
      <span className="w-40 truncate text-muted max-sm:hidden">{run.group}</span>
      <span className="w-36 truncate text-muted max-sm:hidden">{run.schedule_family}</span>
      <span className="w-16 text-right text-muted tabular-nums">
        {run.seed === null ? "" : `seed ${run.seed}`}
      </span>
    </li>
  );
}
