import type { PrimaryMetric } from "@/lib/contracts/projects";
import { type Field, named } from "@/lib/domain/query/fields";
import { comparable, compareBy, parseSort } from "@/lib/domain/query/order";
import { QueryError } from "@/lib/domain/query/query-error";
import { columnOf } from "@/lib/presenters/runs/columns";
import type { RunRow } from "@/lib/presenters/runs/run-row";
import { splitList } from "@/lib/presenters/runs/text-list";

/** One key of the order: a column, and the field that it stands for. */
export interface RunSort {
  /** A column's id. */
  column: string;
  field: Field;
  descending: boolean;
}

const MAX_KEYS = 4;
const NEWEST_FIRST: RunSort = { column: "created", field: named("created"), descending: true };

/** `best,-created`: columns, the first weighs most; a leading minus turns one round. Nothing usable: newest first. */
export function parseRunSort(text: string | null, metric: PrimaryMetric | null): RunSort[] {
  const keys = splitList(text).flatMap((item) => sortOf(item, metric));
  return keys.length === 0 ? [NEWEST_FIRST] : keys.slice(0, MAX_KEYS);
}

function sortOf(item: string, metric: PrimaryMetric | null): RunSort[] {
  const descending = item.startsWith("-");
  const id = item.replace(/^-/, "");
  const content = columnOf(id, metric)?.content;
  if (content?.kind === "field") return [{ column: id, field: content.field, descending }];
  try {
    return parseSort(item).map(({ field }) => ({ column: id, field, descending }));
  } catch (error) {
    if (error instanceof QueryError) return [];
    throw error;
  }
}

/** For the URL: null for newest first. */
export function sortText(keys: readonly RunSort[]): string | null {
  const text = keys.map(({ column, descending }) => `${descending ? "-" : ""}${column}`).join(",");
  return text === "-created" ? null : text;
}

/**
 * A click on a column's title sorts by it, a second one turns it round. `add`: as one more key behind the others, and a
 * third click takes it out again.
 */
export function toggleSort(
  current: readonly RunSort[],
  column: { id: string; field: Field; descending: boolean },
  add: boolean,
): RunSort[] {
  const at = current.findIndex((key) => key.column === column.id);
  const known = current[at];
  const fresh = { column: column.id, field: column.field, descending: column.descending };
  if (!known) return add ? [...current, fresh].slice(-MAX_KEYS) : [fresh];
  const turned = { ...known, descending: !known.descending };
  if (!add) return [turned];
  const isLastTurn = known.descending !== column.descending && current.length > 1;
  return isLastTurn ? current.toSpliced(at, 1) : current.with(at, turned);
}

/** Rows in order; what is missing or not finite comes last either way, and equal rows keep their order. */
export function sortRows(rows: readonly RunRow[], keys: readonly RunSort[]): RunRow[] {
  const [only] = keys;
  // They come like this.
  if (keys.length === 1 && only?.column === "created" && only.descending) return [...rows];
  return rows
    .map((row) => ({ row, cells: keys.map(({ field }) => comparable(row.read(field))) }))
    .sort((a, b) => compareBy(keys, a.cells, b.cells))
    .map(({ row }) => row);
}
