import type { DeletedItem } from "@/lib/contracts/deleted";
import type { Run } from "@/lib/contracts/runs";
import { daysLeft } from "@/lib/domain/runs/restorable";
import { plural } from "@/lib/presenters/format/number";
import { formatAgo } from "@/lib/presenters/format/relative-time";

/** `deleted 3 d ago, 27 days left`. */
export function deletedNote({ deleted_at, restorable_until }: DeletedItem, now: number): string {
  const deleted = `deleted ${formatAgo(deleted_at, now)}`;
  if (restorable_until === null) return deleted;
  return `${deleted}, ${plural(daysLeft(Date.parse(restorable_until), now), "day")} left`;
}

export const archivedNote = ({ archived_at }: Pick<Run, "archived_at">, now: number): string =>
  archived_at === null ? "" : `archived ${formatAgo(archived_at, now)}`;
