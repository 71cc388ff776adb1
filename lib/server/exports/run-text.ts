import "server-only";
import type { ExportedRun } from "@/lib/contracts/exports";
import { toWire } from "@/lib/contracts/wire-number";
import { decodeValue, FINITE } from "@/lib/domain/metrics/nonfinite";
import type { MetricStore, StoredRow } from "../metrics/store";
import { csvLine } from "./csv-text";
import { type Cell, mergedText } from "./merge-rows";

export interface ExportInput {
  format: "csv" | "jsonl";
  declared: ExportedRun["run"];
  runId: string;
}

/** Every observation of a run, superseded ones too, as pieces of text. */
export async function* runText(
  store: MetricStore,
  { format, declared, runId }: ExportInput,
): AsyncGenerator<string> {
  const series = await store.listSeries(runId);
  const keys = series.map(({ key }) => key);
  if (format === "jsonl") {
    const line: ExportedRun = { lrscope: 1, run: declared };
    yield `${JSON.stringify(line)}\n`;
    yield* mergedText(store, series, jsonLines(keys));
    return;
  }
  yield csvLine([...COORDINATES, ...keys.map(columnName)]);
  yield* mergedText(store, series, csvLines(keys.length));
}

const COORDINATES: readonly string[] = ["step", "epoch", "time"];

/** A metric that is called like a coordinate gets a prefix. */
const columnName = (key: string): string => (COORDINATES.includes(key) ? `metric:${key}` : key);

export const valueText = ([, , value, nonfinite]: StoredRow): string =>
  String(nonfinite === FINITE ? value : decodeValue(value, nonfinite));

export const epochText = ([, , , , epoch]: StoredRow): string => (epoch === null ? "" : String(epoch));

/** A line has a cell for each metric, most of them empty in a run that logs many. */
function csvLines(metrics: number) {
  return (cells: readonly Cell[]): string => {
    const [first] = cells;
    if (!first) return "";
    let text = `${first.row[0]},${epochText(first.row)},${first.row[1]}`;
    let written = 0;
    for (const { place, row } of cells) {
      text += ",".repeat(place + 1 - written) + valueText(row);
      written = place + 1;
    }
    return `${text}${",".repeat(metrics - written)}\r\n`;
  };
}

/** The same text as of an object with the values by key, whose order is JavaScript's: keys that are whole numbers first. */
function jsonLines(keys: readonly string[]) {
  const ordered = Object.keys(Object.fromEntries(keys.map((key) => [key, 0])));
  const order = new Map(ordered.map((key, i) => [key, i]));
  const ranks = keys.map((key) => order.get(key) ?? 0);
  const names = keys.map((key) => JSON.stringify(key));
  const sorts = ranks.some((rank, place) => rank !== place);
  return (cells: readonly Cell[]): string => {
    const [first] = cells;
    if (!first) return "";
    const rankOf = ({ place }: Cell) => ranks[place] ?? 0;
    const shown = sorts ? [...cells].sort((a, b) => rankOf(a) - rankOf(b)) : cells;
    const [step, time, , , epoch] = first.row;
    let metrics = "";
    for (const { place, row } of shown) metrics += `${metrics && ","}${names[place]}:${jsonValue(row)}`;
    return `{"step":${step}${epoch === null ? "" : `,"epoch":${epoch}`},"time":${time},"metrics":{${metrics}}}\n`;
  };
}

function jsonValue(row: StoredRow): string {
  const [, , value, nonfinite] = row;
  return nonfinite === FINITE ? String(value) : JSON.stringify(toWire(decodeValue(value, nonfinite)));
}
