import type { RunField } from "@/lib/contracts/runs";
import { METRIC_STATS, NAMED_FIELDS, NAMES, printField } from "@/lib/domain/query/fields";
import { NAME, type RunColumn } from "@/lib/presenters/runs/columns";
import type { RunsView } from "@/lib/presenters/runs/runs-view";

const MOST = 200;

const holds = (words: readonly string[], text: string): boolean =>
  words.every((word) => text.toLowerCase().includes(word));

const wordsOf = (search: string): string[] => search.toLowerCase().split(/\s+/).filter(Boolean);

/** Columns that are shown besides the name, those whose id, title or description holds every word of the search. */
export function shownColumns(columns: readonly RunColumn[], search: string): RunColumn[] {
  const words = wordsOf(search);
  return columns.filter(({ id, title, about }) => id !== NAME && holds(words, `${id} ${title} ${about}`));
}

/** Columns that are not shown yet, those whose id or description holds every word of the search. */
export function offeredColumns(
  view: Pick<RunsView, "columns" | "metrics">,
  known: readonly RunField[],
  search: string,
): { id: string; about: string }[] {
  const shown = new Set(view.columns.map(({ id }) => id));
  const words = wordsOf(search);
  const all = [
    { id: "best", about: "of the chosen metric" },
    { id: "last", about: "of the chosen metric" },
    { id: "spark", about: "the metric’s curve over its LR" },
    ...NAMES.filter((name) => name !== NAME).map((name) => ({ id: name, about: NAMED_FIELDS[name].about })),
    ...view.metrics.flatMap((key) =>
      METRIC_STATS.map((stat) => ({ id: printField({ kind: "metric", key, stat }), about: stat })),
    ),
    ...known.map(({ field, values: [first] }) => ({
      id: field,
      about: first === undefined ? "" : `such as ${first}`,
    })),
  ];
  return all.filter(({ id, about }) => !shown.has(id) && holds(words, `${id} ${about}`)).slice(0, MOST);
}
