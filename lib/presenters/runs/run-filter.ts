import { predicateOf } from "@/lib/domain/query/evaluate";
import { parseQuery } from "@/lib/domain/query/parse";
import { EVERYTHING, mentionsArchived, type Query } from "@/lib/domain/query/query";
import type { RunRow } from "@/lib/presenters/runs/run-row";

export interface RunFilter {
  /** As it was written. */
  text: string;
  /** What it means; everything while it cannot be read. */
  query: Query;
  /** Why it cannot be read, and where, counted from 0. */
  error: { message: string; position: number } | null;
}

export function readFilter(text: string): RunFilter {
  const { query, error } = parseQuery(text);
  return error
    ? { text, query: EVERYTHING, error: { message: error.message, position: error.position } }
    : { text, query, error: null };
}

/** Rows that pass; archived ones only when the filter says something of them. */
export function filterRows(rows: readonly RunRow[], query: Query): RunRow[] {
  const test = predicateOf(query);
  const archivedToo = mentionsArchived(query);
  return rows.filter((row) => (archivedToo || row.run.archived_at === null) && test(row.read));
}
