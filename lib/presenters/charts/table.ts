import { csvText } from "@/lib/presenters/format/csv";
import type { ChartTable } from "./chart-model";

export interface Column {
  readonly head: string;
  /** The exact text at a step; empty when nothing was logged there. */
  at(step: number): string;
}

const MAX_ROWS = 100;
/** Of a hundred runs' table, which nobody sees, a page should not be made of. */
const MAX_CELLS = 3000;
const MIN_ROWS = 20;

/** The data behind a picture. A long series is shown at evenly spread samples, and says so. */
export function chartTable(title: string, steps: readonly number[], columns: readonly Column[]): ChartTable {
  const rows = Math.min(MAX_ROWS, Math.max(MIN_ROWS, Math.floor(MAX_CELLS / Math.max(1, columns.length))));
  const stride = Math.max(1, Math.ceil(steps.length / rows));
  const shown = steps.filter((_, i) => i % stride === 0 || i === steps.length - 1);
  const caption = stride === 1 ? title : `${title} (${shown.length} of ${steps.length} samples)`;
  return {
    caption,
    head: ["step", ...columns.map((column) => column.head)],
    rows: shown.map((step) => [String(step), ...columns.map((column) => column.at(step))]),
  };
}

export function chartCsv(steps: readonly number[], columns: readonly Column[]): string {
  const head = ["step", ...columns.map((column) => column.head)];
  const rows = steps.map((step) => [String(step), ...columns.map((column) => column.at(step))]);
  return csvText([head, ...rows]);
}
