"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import { projectQuery } from "@/lib/client/projects/queries";
import type { Panels, Project } from "@/lib/contracts/projects";

interface PanelsState {
  readonly panels: Panels;
  change: (panels: Panels) => void;
}

/** How a project's metrics are arranged, and a way to change it; kept with the project, for every page and run of it. */
export function usePanels(initial: Project, onError: (error: unknown) => void): PanelsState {
  const client = useQueryClient();
  const query = projectQuery(initial.id);
  const { data: project } = useQuery({ ...query, initialData: initial });
  const change = useMutation({
    mutationFn: (panels: Panels) =>
      request<Project>(urlPath("projects", initial.id), { method: "PATCH", body: { panels } }),
    onSuccess: (saved) => client.setQueryData(query.queryKey, saved),
    onError,
  });
  return { panels: change.isPending ? change.variables : project.panels, change: change.mutate };
}
