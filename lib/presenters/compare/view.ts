import type { CompareBody, CompareQuestion } from "@/lib/contracts/compare";
import { GROUP_FIELDS, isConfigPath } from "@/lib/contracts/words";
import type { ScaleKind } from "@/lib/presenters/charts/chart-model";
import type { StepWindow } from "@/lib/presenters/charts/zoom";
import { readInks } from "@/lib/presenters/compare/group-inks";
import { guessMode } from "@/lib/presenters/runs/primary-metric";

export type CurveStat = "mean" | "median";

/** What the address says. A link should always open, so what cannot be understood is as if absent. */
export interface CompareView {
  readonly runs: readonly string[];
  readonly projects: readonly string[];
  readonly by: CompareQuestion["by"];
  readonly metric: string | null;
  readonly mode: "min" | "max" | null;
  readonly at: "final" | "best";
  readonly target: number | null;
  readonly baseline: string | null;
  readonly stat: CurveStat;
  readonly scale: ScaleKind | null;
  readonly window: StepWindow | null;
  /** What a scatter plot has on its x axis: `config.<path>`, `metric.<key>` or a fact of the LR. */
  readonly against: string | null;
  readonly saved: string | null;
  /** The groups' colours on the page that the comparison was opened from. */
  readonly inks: ReadonlyMap<string, number>;
}

const listOf = (text: string | null): string[] => [...new Set(text?.split(",").filter(Boolean))];

function oneOf<T extends string>(text: string | null, options: readonly T[], otherwise: T): T {
  return options.find((option) => option === text) ?? otherwise;
}

const groupBy = (text: string | null): CompareQuestion["by"] =>
  text !== null && isConfigPath(text) ? text : oneOf(text, GROUP_FIELDS, "schedule");

function numberOf(text: string | null): number | null {
  const value = Number(text ?? Number.NaN);
  return text !== "" && Number.isFinite(value) ? value : null;
}

export function parseCompareView(search: URLSearchParams): CompareView {
  const mode = search.get("mode");
  const scale = search.get("scale");
  const [from, to] = [numberOf(search.get("from")), numberOf(search.get("to"))];
  return {
    runs: listOf(search.get("runs")),
    projects: listOf(search.get("project")).map(decode),
    by: groupBy(search.get("by")),
    metric: search.get("metric"),
    mode: mode === "min" || mode === "max" ? mode : null,
    at: oneOf(search.get("at"), ["final", "best"], "final"),
    target: numberOf(search.get("target")),
    baseline: search.get("baseline"),
    stat: oneOf(search.get("stat"), ["mean", "median"], "mean"),
    scale: scale === "log" || scale === "linear" ? scale : null,
    window: from !== null && to !== null && to > from && from >= 0 ? { from, to } : null,
    against: search.get("against"),
    saved: search.get("saved"),
    inks: readInks(search.get("inks")),
  };
}

/** Project names may hold commas: those are written `%2C` in the list. */
const decode = (name: string): string => name.replaceAll("%2C", ",");
export const projectsText = (names: readonly string[]): string =>
  names.map((name) => name.replaceAll(",", "%2C")).join(",");

export const isEmptyView = ({ runs, projects }: CompareView): boolean =>
  runs.length === 0 && projects.length === 0;

/** Which runs, as the API takes it. Ids win over projects. */
export function whichOf({
  runs,
  projects,
}: CompareView): Pick<CompareQuestion, "runs" | "project" | "projects"> {
  if (runs.length > 0) return { runs: [...runs] };
  return projects.length === 1 ? { project: projects[0] } : { projects: [...projects] };
}

export interface MetricChoice {
  readonly key: string;
  readonly mode: "min" | "max";
}

/** The metric to compare: the address', else the one that the project calls its own. */
export function metricOf(view: CompareView, primary: MetricChoice | null): MetricChoice | null {
  const key = view.metric ?? primary?.key;
  if (!key) return null;
  const guessed = key === primary?.key ? primary.mode : guessMode(key);
  return { key, mode: view.mode ?? guessed };
}

/** The request behind a view, as the address has it: the API checks it. Null while there is nothing to compare. */
export function questionOf(view: CompareView, primary: MetricChoice | null): CompareQuestion | null {
  const metric = metricOf(view, primary);
  if (isEmptyView(view) || !metric) return null;
  return {
    ...whichOf(view),
    by: view.by,
    metric: metric.key,
    mode: metric.mode,
    at: view.at,
    ...(view.target === null ? {} : { target: view.target }),
    ...(view.baseline === null ? {} : { baseline: view.baseline }),
  };
}

/** With the metric that the scatter plot needs besides. */
export function bodyOf(question: CompareQuestion, against: string | null): CompareBody {
  const key = against?.startsWith("metric.") ? against.slice("metric.".length) : null;
  return { ...question, extra: key === null || key === "" ? [] : [key] };
}

/** The parameters of the address that ask a question, for a link to it. */
export function searchOf(question: CompareQuestion): Record<string, string | null> {
  const projects = question.projects ?? (question.project === undefined ? [] : [question.project]);
  return {
    runs: question.runs?.join(",") ?? null,
    project: projects.length === 0 ? null : projectsText(projects),
    by: question.by,
    metric: question.metric,
    mode: question.mode,
    at: question.at,
    target: question.target === undefined ? null : String(question.target),
    baseline: question.baseline ?? null,
  };
}
