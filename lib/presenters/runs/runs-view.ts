import type { PrimaryMetric, Project } from "@/lib/contracts/projects";
import type { RunTableRow } from "@/lib/contracts/run-rows";
import type { RunTable } from "@/lib/contracts/runs";
import { type Field, type KnownName, printField } from "@/lib/domain/query/fields";
import { fieldsOf } from "@/lib/domain/query/query";
import { QueryError } from "@/lib/domain/query/query-error";
import { parseField } from "@/lib/domain/query/read-field";
import { runColor } from "@/lib/presenters/format/run-color";
import { presentColumns, type RunColumn } from "@/lib/presenters/runs/columns";
import { choosePrimaryKey, commonKeys, guessMode } from "@/lib/presenters/runs/primary-metric";
import { filterNames, filterRows, readFilter, type RunFilter } from "@/lib/presenters/runs/run-filter";
import { groupRows, type RunGroup } from "@/lib/presenters/runs/run-groups";
import { bestField, lastField, presentRunRows, type RunRow } from "@/lib/presenters/runs/run-row";
import {
  effectiveSelection,
  MAX_GROUPS,
  MAX_SELECTION,
  parseSelection,
} from "@/lib/presenters/runs/run-selection";
import { parseRunSort, type RunSort, sortRows } from "@/lib/presenters/runs/run-sort";
import { splitList } from "@/lib/presenters/runs/text-list";

/** One line of the table. A run stands in each group that it belongs to, hence the line's own key. */
export type TableLine =
  | { kind: "group"; key: string; group: RunGroup; open: boolean }
  | { kind: "run"; key: string; row: RunRow; css: string; nested: boolean };

export interface RunsView {
  columns: RunColumn[];
  /** Every run that is there, newest first. */
  all: RunRow[];
  /** Filtered and in order. */
  rows: RunRow[];
  lines: TableLine[];
  groupBy: Field | null;
  /** null: the rows are not grouped. */
  groups: RunGroup[] | null;
  /** The runs that are drawn, in the order of the table. */
  drawn: RunRow[];
  filter: RunFilter;
  /** What a filter can name besides the fields that every run has. */
  names: KnownName[];
  sort: RunSort[];
  /** What is drawn and what `best` and `last` are about; null before anything is logged. */
  metric: PrimaryMetric | null;
  metrics: string[];
  /** Of the metric's axis: a loss is read on a logarithmic one unless the URL says otherwise. */
  scale: "linear" | "log";
  /** The metric that holds the LR of the first run drawn that logs one. */
  lrKey: string | null;
}

/** What the page is about, and where it is shown. */
export interface RunsScope {
  /** null: over all projects. */
  project: Pick<Project, "id" | "primary_metric"> | null;
  metrics: RunTable["metrics"];
  search: URLSearchParams;
}

/** The metric that the page is about: the URL's, the project's, or the one that most runs have. */
export function chosenMetric({ project, metrics, search }: RunsScope): PrimaryMetric | null {
  const keys = metrics.map(({ key }) => key);
  const primary = choosePrimaryKey(project?.primary_metric ?? null, commonKeys(metrics));
  const key = search.get("metric");
  if (key === null || key === primary?.key || !keys.includes(key)) return primary;
  return { key, mode: guessMode(key) };
}

/** The fields that the table must be asked for, as the request writes them: always the same text for the same view. */
export function neededColumns(scope: RunsScope): string {
  const { search } = scope;
  const metric = chosenMetric(scope);
  const group = groupField(search);
  const columns = presentColumns(search, metric, scope.project === null);
  const fields = [
    ...(metric ? [bestField(metric), lastField(metric)] : []),
    ...columns.flatMap(({ content }) => (content.kind === "field" ? [content.field] : [])),
    ...parseRunSort(search.get("sort"), metric).map(({ field }) => field),
    ...fieldsOf(readFilter(search.get("filter") ?? "", namesOf(scope, columns)).query),
    ...(group ? [group] : []),
  ];
  const texts = fields.filter(({ kind }) => kind !== "named").map(printField);
  return [...new Set(texts)].sort().join(",");
}

const namesOf = ({ metrics }: RunsScope, columns: readonly RunColumn[]): KnownName[] =>
  filterNames(
    metrics.map(({ key }) => key),
    columns,
  );

/** What the rows are grouped by; null when they are not. */
export function groupField(search: URLSearchParams): Field | null {
  const text = search.get("group");
  if (text === null) return null;
  try {
    return parseField(text);
  } catch (error) {
    if (error instanceof QueryError) return null;
    throw error;
  }
}

/** The page's state from its data and its URL. `now` in milliseconds. */
export function presentRuns(scope: RunsScope, runs: readonly RunTableRow[], now: number): RunsView {
  const { search, project } = scope;
  const metric = chosenMetric(scope);
  const columns = presentColumns(search, metric, project === null);
  const names = namesOf(scope, columns);
  const filter = readFilter(search.get("filter") ?? "", names);
  const sort = parseRunSort(search.get("sort"), metric);
  const groupBy = groupField(search);
  const all = presentRunRows(runs, now);
  const rows = sortRows(filterRows(all, filter.query), sort);
  const groups = groupBy ? groupRows(rows, groupBy, sort, all) : null;
  const drawn = drawnRows(search, all, rows, groups);
  return {
    columns,
    all,
    rows,
    lines: groups ? groupedLines(groups, search) : rows.map(plainLine),
    groupBy,
    groups,
    drawn,
    filter,
    names,
    sort,
    metric,
    metrics: scope.metrics.map(({ key }) => key),
    scale: chosenScale(search.get("scale"), metric),
    lrKey: drawn.map(({ run }) => run.lr_metric).find((key) => key !== null) ?? null,
  };
}

const plainLine = (row: RunRow): TableLine => ({
  ...{ kind: "run", key: row.id, row, css: runColor(row.index), nested: false },
});

function groupedLines(groups: readonly RunGroup[], search: URLSearchParams): TableLine[] {
  const closed = new Set(closedGroups(search));
  return groups.flatMap((group): TableLine[] => {
    const open = !closed.has(group.key);
    const head: TableLine = { kind: "group", key: `group ${group.key}`, group, open };
    if (!open) return [head];
    const members = group.rows.map((row): TableLine => {
      return { kind: "run", key: `${row.id} ${group.key}`, row, css: group.css, nested: true };
    });
    return [head, ...members];
  });
}

/** Keys of the groups that are folded up. */
export const closedGroups = (search: URLSearchParams): string[] =>
  search.has("closed") ? splitList(search.get("closed")).map(decodeURIComponentSafely) : [];

/** For the URL; the group without a value is written as two quotes. */
export function toggleClosed(search: URLSearchParams, key: string): string {
  const closed = closedGroups(search);
  const next = closed.includes(key) ? closed.filter((other) => other !== key) : [...closed, key];
  return next.map((one) => (one === "" ? NONE : encodeURIComponent(one))).join(",");
}

const NONE = '""';

function decodeURIComponentSafely(text: string): string {
  if (text === NONE) return "";
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Those that were chosen stay drawn when the filter hides them: they come last. */
function drawnRows(
  search: URLSearchParams,
  all: readonly RunRow[],
  rows: readonly RunRow[],
  groups: readonly RunGroup[] | null,
): RunRow[] {
  const chosen = parseSelection(search.get("runs"));
  if (chosen === null && groups !== null) return membersToDraw(groups);
  const listed = new Map((chosen === null ? rows : [...rows, ...all]).map((row) => [row.id, row]));
  return effectiveSelection(chosen, [...listed.keys()]).flatMap((id) => listed.get(id) ?? []);
}

/** A mean wants all its members: as many of each group as can be drawn together. */
function membersToDraw(groups: readonly RunGroup[]): RunRow[] {
  const drawn = groups.slice(0, MAX_GROUPS);
  const each = Math.floor(MAX_SELECTION / Math.max(1, drawn.length));
  const rows = new Map(drawn.flatMap((group) => group.rows.slice(0, each).map((row) => [row.id, row])));
  return [...rows.values()];
}

function chosenScale(scale: string | null, metric: PrimaryMetric | null): RunsView["scale"] {
  if (scale === "linear" || scale === "log") return scale;
  return metric?.mode === "min" ? "log" : "linear";
}
