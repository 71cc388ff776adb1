import type { PrimaryMetric } from "@/lib/contracts/projects";
import { type Field, type FieldName, printField } from "@/lib/domain/query/fields";
import { QueryError } from "@/lib/domain/query/query-error";
import { parseField } from "@/lib/domain/query/read-field";
import { formatInteger } from "@/lib/presenters/format/number";
import { bestField, lastField } from "@/lib/presenters/runs/run-row";
import { splitList } from "@/lib/presenters/runs/text-list";

/** What a column shows of a run. */
export type ColumnContent =
  | { kind: "field"; field: Field }
  | { kind: "spark" }
  /** A metric's last value up to a step. */
  | { kind: "at_step"; key: string; step: number }
  /** There is no metric yet to be best or last. */
  | { kind: "nothing" };

export interface RunColumn {
  /** As the URL writes it. */
  id: string;
  title: string;
  /** What it is, in full. */
  about: string;
  content: ColumnContent;
  width: number;
  numeric: boolean;
  /** The first click shows the largest first. */
  descending: boolean;
  pinned: boolean;
}

interface Look {
  title: string;
  width: number;
  numeric?: boolean;
  descending?: boolean;
}

export const NAME = "name";

const NAMED_LOOK: Readonly<Record<FieldName, Look>> = {
  name: { title: "Run", width: 176 },
  project: { title: "Project", width: 132 },
  status: { title: "Status", width: 136 },
  schedule: { title: "Schedule", width: 152 },
  audit: { title: "LR verdict", width: 140 },
  health: { title: "Health", width: 116 },
  plateau: { title: "Plateau", width: 84 },
  source: { title: "Schedule from", width: 104 },
  lr: { title: "LR now", width: 80, numeric: true, descending: true },
  step: { title: "Step", width: 112, numeric: true, descending: true },
  total_steps: { title: "Total steps", width: 96, numeric: true, descending: true },
  seed: { title: "Seed", width: 68, numeric: true },
  group: { title: "Group", width: 136 },
  tag: { title: "Tags", width: 148 },
  duration: { title: "Duration", width: 92, numeric: true, descending: true },
  liveness: { title: "Liveness", width: 84 },
  silent: { title: "Silent", width: 84, numeric: true, descending: true },
  created: { title: "Created", width: 92, numeric: true, descending: true },
  started: { title: "Started", width: 92, numeric: true, descending: true },
  ended: { title: "Ended", width: 92, numeric: true, descending: true },
  archived: { title: "Archived", width: 84 },
  id: { title: "Id", width: 128 },
};

const DEFAULTS = [
  ...["status", "audit", "schedule", "best", "spark", "last", "lr", "step"],
  ...["seed", "group", "tag", "duration", "created"],
];

/** The columns that are there unless someone chose others. */
export const defaultColumns = (overAll: boolean): string[] => (overAll ? ["project", ...DEFAULTS] : DEFAULTS);

/** What is shown besides the name, in order, from the URL. */
export const chosenColumns = (search: URLSearchParams, overAll: boolean): string[] => {
  const text = search.get("cols");
  return text === null ? defaultColumns(overAll) : [...new Set(splitList(text))].filter((id) => id !== NAME);
};

const AT_STEP = /^(metric:.+)@(\d{1,15})$/u;

/** The columns of the table, the name first, then those that are pinned. What the URL got wrong is left out. */
export function presentColumns(
  search: URLSearchParams,
  metric: PrimaryMetric | null,
  overAll: boolean,
): RunColumn[] {
  const pinned = new Set(splitList(search.get("pin")));
  const widths = parseWidths(search.get("widths"));
  const grouped = search.has("group");
  const found = [NAME, ...chosenColumns(search, overAll)].flatMap((id) => {
    const column = columnOf(id, metric);
    if (column === null) return [];
    const width = widths.get(id) ?? (grouped ? widthForMean(column) : column.width);
    return [{ ...column, width, pinned: id === NAME || pinned.has(id) }];
  });
  return [...found.filter((column) => column.pinned), ...found.filter((column) => !column.pinned)];
}

/** A group shows `0.0765 ± 0.0123`. */
const widthForMean = ({ content, width }: Pick<RunColumn, "content" | "width">): number =>
  content.kind === "field" && content.field.kind === "metric" ? Math.max(width, 128) : width;

/** A column by its id; null when the id is none. */
export function columnOf(id: string, metric: PrimaryMetric | null): Omit<RunColumn, "pinned"> | null {
  if (id === "best" || id === "last") return ofPrimary(id, metric);
  if (id === "spark") {
    return {
      ...{
        id,
        title: "Curve",
        about: `${metric?.key ?? "The metric"} and, thin, its LR, over the whole run`,
      },
      ...{ content: { kind: "spark" }, width: 104, numeric: false, descending: false },
    };
  }
  const [, name, step] = AT_STEP.exec(id) ?? [];
  const field = fieldOf(name ?? id);
  if (field === null) return null;
  if (step !== undefined) return field.kind === "metric" ? atStep(id, field.key, Number(step)) : null;
  return ofField(id, field);
}

function fieldOf(text: string): Field | null {
  try {
    return parseField(text);
  } catch (error) {
    if (error instanceof QueryError) return null;
    throw error;
  }
}

function ofPrimary(id: "best" | "last", metric: PrimaryMetric | null): Omit<RunColumn, "pinned"> {
  const field = metric && (id === "best" ? bestField(metric) : lastField(metric));
  return {
    id,
    title: id === "best" ? "Best" : "Last",
    about: metric ? `${id} ${metric.key}` : `${id} value of the metric, once one is logged`,
    content: field ? { kind: "field", field } : { kind: "nothing" },
    width: 84,
    numeric: true,
    descending: metric?.mode === "max",
  };
}

const atStep = (id: string, key: string, step: number): Omit<RunColumn, "pinned"> => ({
  id,
  title: `${lastPart(key)} @ ${formatInteger(step)}`,
  about: `the last ${key} up to step ${formatInteger(step)}`,
  content: { kind: "at_step", key, step },
  width: 128,
  numeric: true,
  descending: false,
});

function ofField(id: string, field: Field): Omit<RunColumn, "pinned"> {
  const content = { kind: "field", field } as const;
  switch (field.kind) {
    case "named": {
      const { title, width, numeric = false, descending = false } = NAMED_LOOK[field.name];
      return { id: field.name, title, about: title, content, width, numeric, descending };
    }
    case "metric":
      return {
        ...{ id, title: `${lastPart(field.key)} ${field.stat}`, about: `${field.stat} of ${field.key}` },
        ...{ content, width: 116, numeric: true, descending: field.stat === "max" },
      };
    case "config":
    case "schedule":
      return {
        ...{ id, title: field.path.at(-1) ?? field.kind, about: printField(field), content },
        ...{ width: 108, numeric: false, descending: false },
      };
  }
}

const lastPart = (key: string): string => (key.length > 18 ? (key.split("/").at(-1) ?? key) : key);

const MIN_WIDTH = 48;
const MAX_WIDTH = 800;

export const clampWidth = (width: number): number =>
  Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)));

function parseWidths(text: string | null): Map<string, number> {
  const found = splitList(text).flatMap((item): [string, number][] => {
    const at = item.lastIndexOf("~");
    const width = Number(item.slice(at + 1));
    return at > 0 && Number.isFinite(width) ? [[item.slice(0, at), clampWidth(width)]] : [];
  });
  return new Map(found);
}

/** The URL's text with one column's width changed. */
export function withWidth(search: URLSearchParams, id: string, width: number): string {
  const widths = parseWidths(search.get("widths")).set(id, clampWidth(width));
  return [...widths].map(([name, value]) => `${name}~${value}`).join(",");
}
