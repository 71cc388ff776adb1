import type { RunField } from "@/lib/contracts/runs";
import { printField } from "@/lib/domain/query/fields";
import type { RunsView } from "@/lib/presenters/runs/runs-view";

const USUAL = ["schedule", "audit", "group", "tag", "status", "seed"];
/** A list of more cannot be chosen from; the columns dialog groups by the rest. */
const MOST_KEYS = 100;

/** What the rows can be grouped by: the usual fields, what is on the screen, and each config key in which runs differ. */
export function groupOptions(
  { columns, groupBy }: Pick<RunsView, "columns" | "groupBy">,
  known: readonly RunField[],
  overAll: boolean,
): string[] {
  const shown = columns.flatMap(({ content }) =>
    content.kind === "field" && (content.field.kind === "config" || content.field.kind === "schedule")
      ? [printField(content.field)]
      : [],
  );
  const differing = known.filter(({ values }) => values.length > 1).map(({ field }) => field);
  const current = groupBy ? [printField(groupBy)] : [];
  const usual = overAll ? ["project", ...USUAL] : USUAL;
  return [...new Set([...usual, ...shown, ...differing.slice(0, MOST_KEYS), ...current])];
}
