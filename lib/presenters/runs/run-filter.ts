import { RunStatus, type Run } from "@/lib/contracts/runs";

export interface RunFilter {
  text: string;
  status: RunStatus | null;
  family: string | null;
}

export const NO_FILTER: RunFilter = { text: "", status: null, family: null };
/** Stands for runs without a declared schedule, in the URL and in the menu. */
export const NO_SCHEDULE = "none";

/** From URL parameters; what is not understood is ignored. */
export function parseRunFilter(search: URLSearchParams): RunFilter {
  const status = RunStatus.safeParse(search.get("status"));
  return {
    text: search.get("q") ?? "",
    status: status.success ? status.data : null,
    family: search.get("schedule"),
  };
}

/** Every word of the text must occur in the run's name, id, group, tags or schedule. */
export function matchesFilter(run: Run, filter: RunFilter): boolean {
  if (filter.status !== null && run.status !== filter.status) return false;
  if (filter.family !== null && (run.schedule_family ?? NO_SCHEDULE) !== filter.family) return false;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const hay = [run.name, run.id, run.group ?? "", run.schedule_family ?? "", ...run.tags]
    .join("\n")
    .toLowerCase();
  return words.every((word) => hay.includes(word));
}

/** The schedule families that occur, by name; `none` last when some run has no schedule. */
export function familiesOf(runs: readonly Run[]): string[] {
  const families = new Set(runs.map((run) => run.schedule_family ?? NO_SCHEDULE));
  const named = [...families].filter((family) => family !== NO_SCHEDULE).sort();
  return families.has(NO_SCHEDULE) ? [...named, NO_SCHEDULE] : named;
}
