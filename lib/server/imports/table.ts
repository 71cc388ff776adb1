import "server-only";
import type { ImportFormat, ImportMapping } from "@/lib/contracts/imports";
import type { Point } from "@/lib/contracts/metrics";
import { applyMapping, columnsOf } from "@/lib/domain/imports/guess-columns";
import { parseNumber, parseTime } from "@/lib/domain/imports/parse-number";
import { checkPoint } from "./check-point";
import type { Declared } from "./declared";
import { Report } from "./report";
import type { Source } from "./source";
import type { SpooledFile } from "./upload";

export interface TableRow {
  row: number;
  cells: ReadonlyMap<string, unknown>;
  /** Values under names that are no columns: `{"step": 1, "metrics": {...}}`. */
  metrics?: ReadonlyMap<string, unknown>;
}

export type Rows = (report: Report) => AsyncGenerator<TableRow>;

const LOOKED_AT = 100;

/** A table of any format: looks at its first rows, decides what the columns are, and reads rows as points. */
export async function openTable(
  file: SpooledFile,
  format: ImportFormat,
  rows: Rows,
  said: ImportMapping,
  declared: Declared = {},
): Promise<Source> {
  const first = await firstRows(rows);
  const columns = columnsOf(first.map(({ cells }) => cells));
  const { step, epoch, time } = applyMapping(columns, said);
  const coordinates = new Set([step, epoch, time]);
  const left = new Set(columns.filter(({ numeric }) => !numeric).map(({ name }) => name));
  const wanted = said.metrics && new Set([...said.metrics, ...(said.lr ? [said.lr] : [])]);
  const reading: Reading = {
    step: step ?? epoch,
    epoch,
    time,
    takes: wanted ? (name) => wanted.has(name) : (name) => !coordinates.has(name) && !left.has(name),
  };
  return {
    format,
    files: [file],
    columns: columns.map((column) => ({ ...column, sample: [...column.sample] })),
    coordinates: { step, epoch, time },
    // Counted in epochs, so that a schedule that steps once an epoch fits.
    declared: step === null && epoch !== null ? { steps_per_epoch: 1, ...declared } : declared,
    points: (reports) => pointsOf(rows, reading, reports.get(file) ?? new Report()),
  };
}

async function firstRows(rows: Rows): Promise<TableRow[]> {
  const found: TableRow[] = [];
  for await (const row of rows(new Report())) {
    found.push(row);
    if (found.length === LOOKED_AT) break;
  }
  return found;
}

interface Reading {
  step: string | null;
  epoch: string | null;
  time: string | null;
  takes: (name: string) => boolean;
}

async function* pointsOf(rows: Rows, reading: Reading, report: Report): AsyncGenerator<Point> {
  // One thing is wrong with such a file, not each of its rows.
  if (reading.step === null) return;
  for await (const row of rows(report)) {
    const point = toPoint(row, reading, report);
    if (point) yield point;
  }
}

/** A cell that is no number refuses its row: half a row would look whole. */
function toPoint({ row, cells, metrics }: TableRow, reading: Reading, report: Report): Point | null {
  const values: [string, number][] = [];
  const candidates = metrics ?? new Map([...cells].filter(([name]) => reading.takes(name)));
  for (const [name, cell] of candidates) {
    const value = parseNumber(cell);
    if (value === undefined) return refuse(report, row, name, cell);
    if (value !== null) values.push([name, value]);
  }
  const at = (name: string | null) => (name === null ? null : cells.get(name));
  const [step, epoch, time] = [
    parseNumber(at(reading.step)),
    parseNumber(at(reading.epoch)),
    parseTime(at(reading.time)),
  ];
  if (typeof step !== "number") return refuse(report, row, reading.step, at(reading.step));
  if (epoch === undefined) return refuse(report, row, reading.epoch, at(reading.epoch));
  if (time === undefined) return refuse(report, row, reading.time, at(reading.time));
  return checkPoint({ row, step, epoch: Number.isNaN(epoch) ? null : epoch, time, metrics: values }, report);
}

function refuse(report: Report, row: number, field: string | null, cell: unknown): null {
  const isEmpty = cell === undefined || cell === null || cell === "";
  const reason = isEmpty ? "nothing there" : `${JSON.stringify(cell).slice(0, 80)} is no number`;
  report.refuse(row, field === null ? null : field.slice(0, 60), reason);
  return null;
}
