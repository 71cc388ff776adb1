import { predicateOf } from "@/lib/domain/query/evaluate";
import { type KnownName, METRIC_STATS } from "@/lib/domain/query/fields";
import { parseQuery } from "@/lib/domain/query/parse";
import { EVERYTHING, mentionsArchived, type Query } from "@/lib/domain/query/query";
import type { RunColumn } from "@/lib/presenters/runs/columns";
import type { RunRow } from "@/lib/presenters/runs/run-row";

export interface RunFilter {
  /** As it was written. */
  text: string;
  /** What it means; everything while it cannot be read. */
  query: Query;
  /** Why it cannot be read, and where, counted from 0. */
  error: { message: string; position: number } | null;
}

/** The metrics, and the titles of the columns on the screen; the longest first, and of two alike the metric. */
export function filterNames(metrics: readonly string[], columns: readonly RunColumn[]): KnownName[] {
  const ofMetrics = metrics.flatMap((key): KnownName[] => [
    { name: key, field: { kind: "metric", key, stat: "last" } },
    ...METRIC_STATS.map((stat): KnownName => ({
      name: `${key}:${stat}`,
      field: { kind: "metric", key, stat },
    })),
  ]);
  const ofColumns = columns.flatMap(({ title, content }) =>
    content.kind === "field" ? [{ name: title, field: content.field }] : [],
  );
  return [...ofMetrics, ...ofColumns].sort((a, b) => b.name.length - a.name.length);
}

export function readFilter(text: string, names: readonly KnownName[]): RunFilter {
  const { query, error } = parseQuery(text, names);
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
