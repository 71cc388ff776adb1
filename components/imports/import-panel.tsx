"use client";

import { useQuery } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import { useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";
import { isImportable, type ImportItem } from "@/lib/client/imports/import-list";
import { useImport } from "@/lib/client/imports/use-import";
import { projectsQuery } from "@/lib/client/projects/queries";
import { plural } from "@/lib/presenters/format/number";
import { projectHref } from "@/lib/presenters/projects/project-card";
import { DropZone } from "./drop-zone";
import { ImportCard } from "./import-card";

/** Files of other tools, looked at first and imported then. */
export function ImportPanel({ project: given }: { project: string }) {
  const [project, setProject] = useState(given);
  const { items, busy, add, map, remove, retry, start } = useImport(project);
  const projects = useQuery(projectsQuery()).data?.items ?? [];
  return (
    <div className="mx-auto flex w-full max-w-4xl flex-col gap-4 px-4 py-6">
      <header className="flex flex-col gap-1">
        <h1 className="text-xl font-semibold tracking-tight">Import</h1>
        <p className="text-base text-muted">
          Bring runs from other tools. Nothing is written until you have seen what was recognised.
        </p>
      </header>
      <DropZone onFiles={(files) => void add(files)} />
      {items.length > 0 ? (
        <>
          <div className="flex flex-wrap items-center gap-3">
            <label className="flex min-w-0 flex-1 items-center gap-2 text-sm">
              <span className="shrink-0 text-muted">Project</span>
              <Input
                className="max-w-xs"
                list="projects"
                value={project}
                maxLength={250}
                placeholder="imported"
                onChange={(event) => setProject(event.target.value)}
              />
            </label>
            <datalist id="projects">
              {projects.map(({ id, name }) => (
                <option key={id} value={name} />
              ))}
            </datalist>
            <Start items={items} busy={busy} onStart={() => void start()} />
          </div>
          <Overall items={items} />
          <ul aria-label="Runs to import" className="divide-y divide-line rounded-lg border border-line">
            {items.map((item) => (
              <ImportCard
                key={item.id}
                item={item}
                onMap={(change) => map(item, change)}
                onRemove={() => remove(item.id)}
                onRetry={() => retry(item)}
              />
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

function Start({
  items,
  busy,
  onStart,
}: {
  items: readonly ImportItem[];
  busy: boolean;
  onStart: () => void;
}) {
  const ready = items.filter(isImportable).length;
  const reading = items.some(({ state }) => state.at === "reading");
  return (
    <Button variant="primary" disabled={busy || reading || ready === 0} onClick={onStart}>
      {ready === 0 && !reading ? "Nothing to import" : `Import ${plural(ready, "run")}`}
    </Button>
  );
}

/** How far the import is, and where its runs are once it is over. */
function Overall({ items }: { items: readonly ImportItem[] }) {
  const done = items.filter(({ state }) => state.at === "done").length;
  const underWay = items.some(({ state }) => state.at === "importing");
  const total = done + items.filter((item) => item.state.at === "importing" || isImportable(item)).length;
  const last = items.flatMap(({ state }) => (state.at === "done" ? [state.result.project] : [])).at(-1);
  if (underWay)
    return (
      <Progress value={done} max={total} label="Importing" text={`${done} of ${plural(total, "run")}`} />
    );
  if (!last?.id) return null;
  return (
    <p role="status" className="flex flex-wrap items-center gap-3 text-sm">
      {plural(done, "run")} imported.
      <Link href={projectHref(last.id)} className={buttonClass("secondary", "small")}>
        Open {last.name}
      </Link>
    </p>
  );
}
