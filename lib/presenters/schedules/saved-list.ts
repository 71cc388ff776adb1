import type { SavedSchedule } from "@/lib/contracts/saved-schedules";
import { scheduleLength } from "@/lib/domain/schedules/schedule-length";
import { designHref } from "./design-link";

export interface SavedFilter {
  /** Every word must be in the name, the family or a tag. */
  readonly text: string;
  readonly tag: string | null;
  /** An id. */
  readonly project: string | null;
}

export function foundSaved(
  saved: readonly SavedSchedule[],
  { text, tag, project }: SavedFilter,
): SavedSchedule[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return saved.filter((one) => {
    const searched = [one.name, one.family, ...one.tags].join(" ").toLowerCase();
    if (tag !== null && !one.tags.includes(tag)) return false;
    if (project !== null && one.project?.id !== project) return false;
    return words.every((word) => searched.includes(word));
  });
}

interface Option {
  readonly value: string;
  readonly label: string;
}

/** The tags in use, in order. */
export const savedTags = (saved: readonly SavedSchedule[]): Option[] =>
  [...new Set(saved.flatMap(({ tags }) => tags))].sort().map((tag) => ({ value: tag, label: tag }));

/** The projects in use, by name. */
export function savedProjects(saved: readonly SavedSchedule[]): Option[] {
  const names = new Map(
    saved.flatMap(({ project }) => (project ? [[project.id, project.name] as const] : [])),
  );
  return [...names]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

export const savedHref = ({ name, schedule }: SavedSchedule): string =>
  designHref([{ name, schedule, totalSteps: "kind" in schedule ? scheduleLength(schedule) : null }]);
