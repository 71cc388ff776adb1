"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { PAGES } from "@/components/shell/pages";
import { chooseTheme, otherTheme } from "@/components/shell/theme-toggle";
import { copyText } from "@/components/ui/copy-text";
import { projectsQuery } from "@/lib/client/projects/queries";
import { pickRunQuery } from "@/lib/client/runs/pick";
import { plural } from "@/lib/presenters/format/number";
import { runHref } from "@/lib/presenters/runs/run-row";

export interface Command {
  id: string;
  label: string;
  about: string;
  keys?: string;
  run: () => void;
}

export interface CommandGroup {
  value: string;
  items: Command[];
}

const MOST_PROJECTS = 6;
const MOST_RUNS = 12;
/** The server looks once the typing rests. */
const REST_MS = 150;
const SHORTEST = 2;

/** What the text may mean: pages and actions at once, projects and runs as the server finds them. */
export function useCommands(
  text: string,
  onShortcuts: () => void,
): { groups: CommandGroup[]; searching: boolean } {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const asked = useRested(text.trim());
  const wanted = asked.length >= SHORTEST;
  const projects = useQuery(projectsQuery()).data?.items ?? [];
  const runs = useQuery({ ...pickRunQuery(asked), enabled: wanted });
  const go = useRouter().push;
  const matching = (commands: Command[]) =>
    commands.filter(({ label, about }) =>
      words.every((word) => `${label} ${about}`.toLowerCase().includes(word)),
    );
  const groups = [
    {
      value: "Pages",
      items: matching(
        PAGES.map(({ href, label, about, keys }) => ({ id: href, label, about, keys, run: () => go(href) })),
      ),
    },
    {
      value: "Projects",
      items: matching(
        projects.map(({ id, name, runs: count }) => ({
          id,
          label: name,
          about: plural(count, "run"),
          run: () => go(`/projects/${encodeURIComponent(id)}`),
        })),
      ).slice(0, MOST_PROJECTS),
    },
    {
      value: "Runs",
      items: (wanted && text.trim() !== "" ? (runs.data?.items ?? []) : [])
        .slice(0, MOST_RUNS)
        .map((run) => ({
          id: run.id,
          label: run.name,
          about: `${run.project.name} · ${run.status}`,
          run: () => go(runHref(run.project.id, run.id)),
        })),
    },
    { value: "Actions", items: matching(actions(onShortcuts)) },
  ];
  return {
    groups: groups.filter(({ items }) => items.length > 0),
    searching: asked !== text.trim() || runs.isFetching,
  };
}

const actions = (onShortcuts: () => void): Command[] => [
  {
    id: "theme",
    label: "Switch between light and dark",
    about: "theme",
    run: () => chooseTheme(otherTheme()),
  },
  { id: "shortcuts", label: "Show the keyboard shortcuts", about: "help", keys: "?", run: onShortcuts },
  {
    id: "address",
    label: "Copy the address of this view",
    about: "share",
    run: () => void copyText(window.location.href),
  },
];

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
