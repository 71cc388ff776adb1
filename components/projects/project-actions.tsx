"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { MoreHorizontal } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useNotify } from "@/components/ui/toast";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { urlPath } from "@/lib/client/http/request";
import { projectQuery } from "@/lib/client/projects/queries";
import { bringBackProject, deleteProject } from "@/lib/client/projects/changes";
import { queryKeys } from "@/lib/client/query-keys";
import type { Project } from "@/lib/contracts/projects";
import { projectHref } from "@/lib/presenters/projects/project-card";

/** Fetched when it is first asked for. */
const ProjectDialog = dynamic(() => import("./project-dialog").then((file) => file.ProjectDialog), {
  ssr: false,
});

interface Props {
  project: Project;
  /** Offered for what the project is judged by. */
  metrics: readonly string[];
}

/** Edit, export, delete. */
export function ProjectActions({ project: initial, metrics }: Props) {
  const { data: project } = useQuery({ ...projectQuery(initial.id), initialData: initial });
  const [editing, setEditing] = useState(false);
  const remove = useDelete(project);
  return (
    <>
      <Menu
        trigger={
          <IconButton label="More actions">
            <MoreHorizontal size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onClick={() => setEditing(true)}>Edit…</MenuItem>
        <MenuItem
          onClick={() =>
            window.location.assign(`/api/v1${urlPath("projects", project.id)}/export?format=csv`)
          }
        >
          Export CSV
        </MenuItem>
        <MenuItem danger onClick={() => void remove()}>
          Delete
        </MenuItem>
      </Menu>
      {editing ? (
        <ProjectDialog project={project} metrics={metrics} onClose={() => setEditing(false)} />
      ) : null}
    </>
  );
}

/** At once, since it can be taken back: the notice holds the button. */
function useDelete(project: Project): () => Promise<void> {
  const notify = useNotify();
  const router = useRouter();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: queryKeys.projects() });
  const failed = (what: string) => (error: unknown) =>
    notify({ title: `Could not ${what} ${project.name}`, detail: sentenceOf(error), tone: "failed" });
  const restore = async () => {
    const { id } = await bringBackProject(project);
    void refresh();
    router.push(projectHref(id));
  };
  return async () => {
    try {
      await deleteProject(project.id);
    } catch (error) {
      failed("delete")(error);
      return;
    }
    void refresh();
    router.push("/");
    notify({
      title: `Deleted ${project.name}`,
      detail: "Its runs are kept, and logging to this name restores it.",
      action: { label: "Undo", onClick: () => void restore().catch(failed("bring back")) },
    });
  };
}
