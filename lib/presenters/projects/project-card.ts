import type { Project } from "@/lib/contracts/projects";
import { plural } from "@/lib/presenters/format/number";

export const projectHref = (projectId: string): string => `/projects/${encodeURIComponent(projectId)}`;

/** `51 runs, 3 running`, in words; what is zero is left out. */
export function projectCounts(project: Pick<Project, "runs" | "running">, waiting = 0): string[] {
  const parts = [plural(project.runs, "run")];
  if (project.running > 0) parts.push(`${project.running} running`);
  if (waiting > 0) parts.push(`${waiting} waiting for you`);
  return parts;
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
