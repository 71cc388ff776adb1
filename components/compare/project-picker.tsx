"use client";

import { Link } from "@/components/ui/link";
import { useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { patched } from "@/lib/client/url/use-url-state";
import { MAX_COMPARED_PROJECTS } from "@/lib/contracts/words";
import type { Project } from "@/lib/contracts/projects";
import { projectsText } from "@/lib/presenters/compare/view";
import { plural } from "@/lib/presenters/format/number";

/** Several projects at once: each schedule's rank within each of them, and on average. */
export function ProjectPicker({ projects }: { projects: readonly Project[] }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const names = projects.filter(({ id }) => chosen.has(id)).map(({ name }) => name);
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const isReady = names.length > 1 && names.length <= MAX_COMPARED_PROJECTS;
  return (
    <section aria-labelledby="over-projects" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="over-projects" className="mr-auto text-lg font-semibold">
          Rank schedules over several projects
        </h2>
        {isReady ? (
          <Link
            href={`/compare${patched("", { project: projectsText(names), by: "family" })}`}
            className={buttonClass("primary")}
          >
            Rank over {plural(names.length, "project")}
          </Link>
        ) : (
          <Button disabled>
            {names.length > MAX_COMPARED_PROJECTS
              ? `At most ${MAX_COMPARED_PROJECTS} projects`
              : "Choose at least two projects"}
          </Button>
        )}
      </div>
      <ul
        className="flex max-h-48 flex-wrap gap-x-5 gap-y-2 overflow-y-auto"
        aria-label="Projects"
        tabIndex={0}
      >
        {projects.map(({ id, name, runs }) => (
          <li key={id}>
            <label className="flex items-center gap-2 text-sm">
              <Checkbox label={name} checked={chosen.has(id)} onChange={(on) => toggle(id, on)} />
              <span className="max-w-64 truncate">{name}</span>
              <span className="text-xs text-muted tabular-nums">{plural(runs, "run")}</span>
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}
