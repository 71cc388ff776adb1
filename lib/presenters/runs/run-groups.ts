import type { RunTable } from "@/lib/contracts/runs";
import type { Field, FieldName } from "@/lib/domain/query/fields";
import { compareBy, comparable } from "@/lib/domain/query/order";
import { mean } from "@/lib/domain/stats/mean";
import { meanInterval } from "@/lib/domain/stats/t-interval";
import { inksText } from "@/lib/presenters/compare/group-inks";
import { groupOrder } from "@/lib/presenters/format/group-order";
import { runColor } from "@/lib/presenters/format/run-color";
import type { RunRow } from "@/lib/presenters/runs/run-row";
import type { RunSort } from "@/lib/presenters/runs/run-sort";
import { wordOf } from "@/lib/presenters/runs/verdict-words";

export interface RunGroup {
  /** The value that its members share, as text; empty for those that have none. */
  key: string;
  label: string;
  rows: RunRow[];
  /** Which of the colours of runs it has: its mean, and its runs while they are grouped. */
  color: number;
  css: string;
  /** Drawn beside the label when the members have one and the same. */
  schedule: RunTable["schedules"][number] | null;
}

/**
 * Rows by a field; a run with two tags is in both tags' groups. Without a value last. A group keeps its colour whatever
 * the order and the filter, by its place among those of `all`.
 */
export function groupRows(
  rows: readonly RunRow[],
  field: Field,
  sort: readonly RunSort[],
  all: readonly RunRow[] = rows,
): RunGroup[] {
  const colors = colorsOf(all, field);
  const byKey = new Map<string, RunRow[]>();
  for (const row of rows) {
    for (const key of keysOf(row, field)) {
      const members = byKey.get(key);
      if (members) members.push(row);
      else byKey.set(key, [row]);
    }
  }
  const groups = [...byKey].map(([key, members]) => ({
    key,
    label: key === "" ? "none" : wordOf(field, key),
    rows: members,
    color: colors.get(key) ?? 0,
    css: runColor(colors.get(key) ?? 0),
    schedule: sharedSchedule(members),
  }));
  return inOrder(groups, sort);
}

function colorsOf(rows: readonly RunRow[], field: Field): Map<string, number> {
  const keys = [...new Set(rows.flatMap((row) => keysOf(row, field)))];
  return new Map(groupOrder(keys.map((key) => ({ key, label: key }))).map(({ key }, i) => [key, i]));
}

function keysOf(row: RunRow, field: Field): string[] {
  const value = row.read(field);
  if (Array.isArray(value)) return value.length === 0 ? [""] : [...value];
  return [value === null ? "" : String(value)];
}

function sharedSchedule(rows: readonly RunRow[]): RunGroup["schedule"] {
  const [first] = rows;
  const schedule = first?.run.schedule ?? null;
  return rows.every((row) => row.run.schedule_family === first?.run.schedule_family) ? schedule : null;
}

/** By the mean of what the rows are sorted by, where that is a metric; else by name. */
function inOrder(groups: RunGroup[], [first]: readonly RunSort[]): RunGroup[] {
  const byMetric = first?.field.kind === "metric" ? first : null;
  const keys = [{ descending: byMetric?.descending ?? false }, { descending: false }];
  return groups
    .map((group) => ({
      group,
      cells: [
        byMetric ? (meanOf(group.rows, byMetric.field)?.mean ?? null) : null,
        comparable(group.key === "" ? null : group.key),
      ],
    }))
    .sort((a, b) => compareBy(keys, a.cells, b.cells))
    .map(({ group }) => group);
}

const COMPARED: Partial<Record<FieldName, string>> = {
  schedule: "family",
  group: "group",
  tag: "tag",
  seed: "seed",
  project: "project",
};

/** What a comparison calls the same grouping; null where it has none, and the comparison takes its own. */
function comparedBy(field: Field | null): string | null {
  if (field?.kind === "named") return COMPARED[field.name] ?? null;
  return field?.kind === "config" ? `config.${field.path.join(".")}` : null;
}

/** The address of a comparison of some runs by the field that groups them, with their groups' colours. */
export function compareHref(
  runs: readonly string[],
  { groupBy, groups }: { groupBy: Field | null; groups: readonly RunGroup[] | null },
): string {
  const by = comparedBy(groupBy);
  const search = `/compare?runs=${runs.map(encodeURIComponent).join(",")}`;
  if (by === null || groups === null) return search;
  const chosen = new Set(runs);
  const own = groups.filter(({ rows }) => rows.some(({ id }) => chosen.has(id)));
  const inks = inksText(new Map(own.map(({ key, color }) => [comparedKey(by, key), color])));
  return `${search}&by=${encodeURIComponent(by)}&inks=${encodeURIComponent(inks)}`;
}

/** A group's key as a comparison has it. */
function comparedKey(by: string, key: string): string {
  if (key === "") return "";
  if (by === "seed") return `seed ${key}`;
  return by.startsWith("config.") ? `${by.slice("config.".length)}=${key}` : key;
}

export interface GroupMean {
  /** Members that have a finite value. */
  n: number;
  mean: number;
  /** Half the width of the 95 % interval of the mean; null for a single member. */
  half: number | null;
}

/** Mean and 95 % interval (Student's t) over a group's members; null when none has a finite value. */
export function meanOf(rows: readonly RunRow[], field: Field): GroupMean | null {
  const values = rows.flatMap((row) => {
    const value = row.read(field);
    return typeof value === "number" && Number.isFinite(value) ? [value] : [];
  });
  if (values.length === 0) return null;
  const interval = meanInterval(values);
  return {
    n: values.length,
    mean: mean(values),
    half: interval ? (interval.high - interval.low) / 2 : null,
  };
}
