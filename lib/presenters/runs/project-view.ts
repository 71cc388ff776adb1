import {
  familiesOf,
  matchesFilter,
  NO_SCHEDULE,
  parseRunFilter,
  type RunFilter,
} from "@/lib/presenters/runs/run-filter";
import { choosePrimary, guessMode, lrKeyOf, metricKeys } from "@/lib/presenters/runs/primary-metric";
import { presentRunRows, type RunRow } from "@/lib/presenters/runs/run-row";
import { effectiveSelection, parseSelection } from "@/lib/presenters/runs/run-selection";
import { parseSort, sortRows, type RunSort } from "@/lib/presenters/runs/run-sort";
import type { PrimaryMetric, Project } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";

export interface ProjectView {
  /** Filtered and in order. */
  rows: RunRow[];
  /** The rows that are drawn, in the order of the project, newest first. */
  selected: RunRow[];
  filter: RunFilter;
  sort: RunSort;
  /** What is drawn and what `best` and `last` are about; null before anything is logged. */
  metric: PrimaryMetric | null;
  metrics: string[];
  families: string[];
  /** Of the metric's axis: a loss is read on a logarithmic one unless the URL says otherwise. */
  scale: "linear" | "log";
  /** The metric that holds the LR of the first run drawn that logs one. */
  lrKey: string | null;
}

/** The project page's state from its data and its URL. `now` in milliseconds. */
export function presentProject(
  project: Project,
  runs: readonly Run[],
  search: URLSearchParams,
  now: number,
): ProjectView {
  const metrics = metricKeys(runs);
  const metric = chosenMetric(search.get("metric"), metrics, choosePrimary(project.primary_metric, runs));
  const filter = parseRunFilter(search);
  const sort = parseSort(search.get("sort"));
  const all = presentRunRows(runs, { total: project.runs, primary: metric, now });
  const shown = all.filter((row) => matchesFilter(row.run, filter));
  const chosen = parseSelection(search.get("runs"));
  const wanted = new Set(
    effectiveSelection(
      chosen,
      (chosen === null ? shown : all).map((row) => row.id),
    ),
  );
  const selected = all.filter((row) => wanted.has(row.id));
  return {
    rows: sortRows(shown, sort),
    selected,
    filter,
    sort,
    metric,
    metrics,
    families: familiesOf(runs),
    scale: chosenScale(search.get("scale"), metric),
    lrKey: selected.map((row) => lrKeyOf(row.run)).find((key) => key !== null) ?? null,
  };
}

function chosenScale(scale: string | null, metric: PrimaryMetric | null): ProjectView["scale"] {
  if (scale === "linear" || scale === "log") return scale;
  return metric?.mode === "min" ? "log" : "linear";
}

function chosenMetric(
  key: string | null,
  known: readonly string[],
  primary: PrimaryMetric | null,
): PrimaryMetric | null {
  if (key === null || key === primary?.key || !known.includes(key)) return primary;
  return { key, mode: guessMode(key) };
}

/** A schedule family as people write it: `warmup_cosine` is `warmup cosine`, no schedule is a dash. */
export function familyLabel(family: string | null): string {
  return family === null || family === NO_SCHEDULE ? "none" : family.replaceAll("_", " ");
}
