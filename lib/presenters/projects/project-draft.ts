import type { Project, UpdateProjectBody } from "@/lib/contracts/projects";

/** What a project is, as its form has it. An empty metric: the one is chosen by its name. */
export interface ProjectDraft {
  name: string;
  description: string;
  metric: string;
  mode: "min" | "max";
}

export const MODE_OPTIONS = [
  { value: "min", label: "lower is better" },
  { value: "max", label: "higher is better" },
] as const;

export const projectDraft = ({ name, description, primary_metric }: Project): ProjectDraft => ({
  name,
  description,
  metric: primary_metric?.key ?? "",
  mode: primary_metric?.mode ?? "min",
});

export function projectPatch({ name, description, metric, mode }: ProjectDraft): UpdateProjectBody {
  const key = metric.trim();
  return { name: name.trim(), description, primary_metric: key === "" ? null : { key, mode } };
}
