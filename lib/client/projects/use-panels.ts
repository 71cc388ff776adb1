"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { request, urlPath } from "@/lib/client/http/request";
import { projectQuery } from "@/lib/client/projects/queries";
import type { Panels, Project } from "@/lib/contracts/projects";

interface Told {
  id: string;
  title: string;
  detail?: string;
  tone?: "failed";
  action?: { label: string; onClick: () => void };
}

interface PanelsState {
  readonly panels: Panels;
  arrange: (panels: Panels, done: string) => void;
}

interface Change {
  panels: Panels;
  before: Panels;
  /** In words; null: what is taken back needs no more of them. */
  done: string | null;
}

/**
 * How a project's metrics are arranged, and a way to change it that can be taken back; kept with the project, for every page
 * and run of it. Shown at once, saved one after the other.
 */
export function usePanels(initial: Project, notify: (told: Told) => void): PanelsState {
  const client = useQueryClient();
  const query = projectQuery(initial.id);
  const id = `panels of ${initial.id}`;
  const { data: project } = useQuery({ ...query, initialData: initial });
  const change = useMutation({
    scope: { id },
    mutationFn: ({ panels }: Change) =>
      request<Project>(urlPath("projects", initial.id), { method: "PATCH", body: { panels } }),
    onSuccess: (saved, { panels, before, done }) => {
      client.setQueryData(query.queryKey, saved);
      const undo = () => change.mutate({ panels: before, before: panels, done: null });
      if (done === null) notify({ id, title: "Put back as it was" });
      else notify({ id, title: done, action: { label: "Undo", onClick: undo } });
    },
    onError: (error) =>
      notify({ id, title: "Could not arrange the charts", detail: sentenceOf(error), tone: "failed" }),
  });
  const panels = change.isPending ? change.variables.panels : project.panels;
  return { panels, arrange: (next, done) => change.mutate({ panels: next, before: panels, done }) };
}
