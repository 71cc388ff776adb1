import type { RunRow } from "@/lib/presenters/runs/run-row";

export const SORT_COLUMNS = [
  "name",
  "status",
  "family",
  "group",
  "seed",
  "best",
  "last",
  "lr",
  "step",
  "duration",
  "createdAt",
] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

export interface RunSort {
  column: SortColumn;
  descending: boolean;
}

export const NEWEST_FIRST: RunSort = { column: "createdAt", descending: true };

/** `best`, `-createdAt`: a leading minus turns it round. Anything else is newest first. */
export function parseSort(text: string | null): RunSort {
  const name = text?.replace(/^-/, "");
  const column = SORT_COLUMNS.find((known) => known === name);
  return column ? { column, descending: text?.startsWith("-") === true } : NEWEST_FIRST;
}

export const sortText = ({ column, descending }: RunSort): string => `${descending ? "-" : ""}${column}`;

/** A column's first click sorts the way one looks for: best by the metric's own direction, dates newest first. */
export function toggleSort(current: RunSort, column: SortColumn, firstDescending: boolean): RunSort {
  if (current.column !== column) return { column, descending: firstDescending };
  return { column, descending: !current.descending };
}

function keyOf(row: RunRow, column: SortColumn): number | string | null {
  return column === "status" ? row.run.status : row[column];
}

const names = new Intl.Collator("en", { numeric: true });

/** Rows in order; what is missing or not finite comes last either way, and equal rows keep their order. */
export function sortRows(rows: readonly RunRow[], { column, descending }: RunSort): RunRow[] {
  const turn = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const left = keyOf(a, column);
    const right = keyOf(b, column);
    const absent = Number(isAbsent(left)) - Number(isAbsent(right));
    if (absent !== 0 || isAbsent(left)) return absent;
    return turn * compare(left, right);
  });
}

const isAbsent = (key: number | string | null): boolean =>
  key === null || (typeof key === "number" && !Number.isFinite(key));

function compare(a: number | string | null, b: number | string | null): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return names.compare(String(a), String(b));
}
