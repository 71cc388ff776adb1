import type { Run } from "@/lib/contracts/runs";

const MOST_ROWS = 200;

/** The runs that the text is found in, and what is not listed. */
export function pickerRuns(
  runs: readonly Run[],
  text: string,
  total: number,
): { shown: readonly Run[]; note: string | null } {
  const wanted = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const found = runs.filter((run) => {
    const words = [run.name, run.group, run.schedule_family, ...run.tags].join(" ").toLowerCase();
    return wanted.every((word) => words.includes(word));
  });
  const shown = found.slice(0, MOST_ROWS);
  const all = wanted.length === 0 ? total : found.length;
  return { shown, note: shown.length < all ? `${shown.length} of ${all} runs, the newest first` : null };
}

export function pickedRuns(
  chosen: ReadonlySet<string>,
  ids: readonly string[],
  on: boolean,
): ReadonlySet<string> {
  const next = new Set(chosen);
  for (const id of ids) {
    if (on) next.add(id);
    else next.delete(id);
  }
  return next;
}
