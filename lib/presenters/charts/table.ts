import type { XAxis } from "@/lib/contracts/words";
import { csvText } from "@/lib/presenters/format/csv";
import type { ChartTable } from "./chart-model";

/** What a row is of: a step or, on the clock, one moment of a step. */
export interface RowPlace {
  readonly step: number;
  readonly x?: number;
}

interface Rows {
  /** Of what says which row it is. */
  readonly head: readonly string[];
  readonly places: readonly RowPlace[];
}

export interface Column {
  readonly head: string;
  /** The exact text there; empty when nothing was logged. */
  at(place: RowPlace): string;
}

const CLOCKS: Partial<Record<XAxis, string>> = { time: "Unix time (s)", relative: "time since start (s)" };

/** A row for each step, ascending. */
export function stepRows(steps: Iterable<number>): Rows {
  const sorted = [...new Set(steps)].sort((a, b) => a - b);
  return { head: ["step"], places: sorted.map((step) => ({ step })) };
}

/** The same, but on the clock a row for each moment: values that share a step are several points there. */
export function loggedRows(axis: XAxis, points: readonly { step: number; x: number }[]): Rows {
  const clock = CLOCKS[axis];
  if (clock === undefined) return stepRows(points.map(({ step }) => step));
  const distinct = new Map(points.map(({ step, x }) => [`${step} ${x}`, { step, x }]));
  const places = [...distinct.values()].sort((a, b) => a.x - b.x || a.step - b.step);
  return { head: ["step", clock], places };
}

const MAX_ROWS = 100;
/** Of a hundred runs' table, which nobody sees, a page should not be made of. */
const MAX_CELLS = 3000;
const MIN_ROWS = 20;

/** The data behind a picture. A long series is shown at evenly spread samples, and says so. */
export function chartTable(title: string, { head, places }: Rows, columns: readonly Column[]): ChartTable {
  const rows = Math.min(MAX_ROWS, Math.max(MIN_ROWS, Math.floor(MAX_CELLS / Math.max(1, columns.length))));
  const stride = Math.max(1, Math.ceil(places.length / rows));
  const shown = places.filter((_, i) => i % stride === 0 || i === places.length - 1);
  const caption = stride === 1 ? title : `${title} (${shown.length} of ${places.length} samples)`;
  return { caption, head: headOf(head, columns), rows: shown.map((place) => rowOf(place, columns)) };
}

export function chartCsv({ head, places }: Rows, columns: readonly Column[]): string {
  return csvText([headOf(head, columns), ...places.map((place) => rowOf(place, columns))]);
}

const headOf = (head: readonly string[], columns: readonly Column[]): string[] => [
  ...head,
  ...columns.map((column) => column.head),
];

const rowOf = (place: RowPlace, columns: readonly Column[]): string[] => [
  String(place.step),
  ...(place.x === undefined ? [] : [String(place.x)]),
  ...columns.map((column) => column.at(place)),
];
