import type { InboxItem } from "@/lib/contracts/control";
import type { Project } from "@/lib/contracts/projects";
import { formatInteger, plural } from "@/lib/presenters/format/number";

export const projectHref = (projectId: string): string => `/projects/${encodeURIComponent(projectId)}`;

/** `51 runs, 3 running`, in words; what is zero is left out. */
export function projectCounts(project: Pick<Project, "runs" | "running" | "silent">, waiting = 0): string[] {
  const parts = [plural(project.runs, "run")];
  if (project.running > 0) parts.push(`${project.running} running`);
  if (project.silent > 0) parts.push(`${project.silent} silent`);
  if (waiting > 0) parts.push(`${waiting} waiting for you`);
  return parts;
}

/** How many of its runs drift, and where they are listed; null when none does. */
export function driftOf(
  project: Pick<Project, "id" | "runs" | "drift">,
): { text: string; href: string } | null {
  if (project.drift === 0) return null;
  return {
    text: `${formatInteger(project.drift)} of ${formatInteger(project.runs)} drift`,
    href: `${projectHref(project.id)}?filter=${encodeURIComponent("audit:drift")}`,
  };
}

/** How many requests wait for a person, by the project's id. */
export function waitingByProject(items: readonly Pick<InboxItem, "run">[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { run } of items) counts.set(run.project.id, (counts.get(run.project.id) ?? 0) + 1);
  return counts;
}

/** The latest activity first. */
export function byActivity(projects: readonly Project[]): Project[] {
  const at = ({ last_activity_at, created_at }: Project) => Date.parse(last_activity_at ?? created_at);
  return [...projects].sort((a, b) => at(b) - at(a));
}

/** Where a hash URL of an MLflow client leads: `#/experiments/<id>/runs/<id>` is a run here; null for any other. */
export function mlflowTarget(hash: string): string | null {
  const match = /^#\/experiments\/([^/?]+)(?:\/runs\/([^/?]+))?\/?(?:\?.*)?$/.exec(hash);
  const [, project, run] = match ?? [];
  if (project === undefined) return null;
  return run === undefined ? `/projects/${project}` : `/projects/${project}/runs/${run}`;
}
