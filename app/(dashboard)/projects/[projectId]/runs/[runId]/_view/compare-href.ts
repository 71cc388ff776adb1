import { patched } from "@/lib/client/url/use-url-state";
import type { Run } from "@/lib/contracts/runs";
import { projectsText } from "@/lib/presenters/compare/view";

/** The comparison of a run with another one; with its whole project when there is none. */
export function compareHref(run: Run, other: Run | null): string {
  return other
    ? `/compare${patched("", { runs: [other.id, run.id].join(",") })}`
    : `/compare${patched("", { project: projectsText([run.project.name]) })}`;
}
