"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNotify } from "@/components/ui/toast";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { request, urlPath } from "@/lib/client/http/request";
import { projectQuery } from "@/lib/client/projects/queries";
import type { Project } from "@/lib/contracts/projects";
import { togglePinned } from "@/lib/presenters/metrics/sections";

/** The metrics pinned in a project, and a way to pin one or take it off; kept with the project, for every run of it. */
export function usePinned(initial: Project): { pinned: readonly string[]; toggle: (key: string) => void } {
  const client = useQueryClient();
  const notify = useNotify();
  const query = projectQuery(initial.id);
  const { data: project } = useQuery({ ...query, initialData: initial });
  const change = useMutation({
    mutationFn: (pinned: string[]) =>
      request<Project>(urlPath("projects", initial.id), {
        method: "PATCH",
        body: { panels: { pinned } },
      }),
    onSuccess: (saved) => client.setQueryData(query.queryKey, saved),
    onError: (error) => notify({ title: "Could not pin", detail: sentenceOf(error), tone: "failed" }),
  });
  const pinned = change.isPending ? change.variables : project.panels.pinned;
  return { pinned, toggle: (key) => change.mutate(togglePinned(pinned, key)) };
}
