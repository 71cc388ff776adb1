import "server-only";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { CsvError, parse } from "csv-parse";
import { z } from "zod";
import { delimiterOf } from "@/lib/domain/imports/csv-dialect";
import { rearm } from "@/lib/domain/imports/formula";
import { NO_NAME, PROTO } from "../http/unstorable";
import type { Report } from "./report";
import type { Rows, TableRow } from "./table";

const MAX_RECORD_CHARACTERS = 4 * 1024 * 1024;
const HEAD_BYTES = 64 * 1024;
const DECIMAL_COMMA = /^\s*[+-]?\d*,\d+(e[+-]?\d+)?\s*$/i;

const Row = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });

/** The rows of a CSV file whose first line names the columns. Broken quoting ends it; what stands before is read. */
export async function csvRows(at: string): Promise<Rows> {
  const delimiter = delimiterOf(await headOf(at));
  return (report) => rowsOf(at, delimiter, report);
}

async function headOf(at: string): Promise<string> {
  const file = await open(at, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer
      .subarray(0, bytesRead)
      .toString("utf8")
      .replace(/^\ufeff/, "");
  } finally {
    await file.close();
  }
}

async function* rowsOf(at: string, delimiter: string, report: Report): AsyncGenerator<TableRow> {
  const source = createReadStream(at);
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    trim: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_CHARACTERS,
  });
  source.on("error", (error) => parser.destroy(error)).pipe(parser);
  let [head, names]: [string, string[]] = ["", []];
  try {
    for await (const item of parser) {
      const { record, info } = Row.parse(item);
      const line = record.join(delimiter);
      if (names.length === 0) {
        [head, names] = [line, distinct(record.map(rearm))];
        if (names.includes(PROTO))
          report.warn(`column ${names.indexOf(PROTO) + 1}, ${PROTO}: ${NO_NAME}, and was left out`);
      }
      // A logger that goes on with a file after a restart may name the columns again.
      else if (line !== head) {
        const row = rowOf(names, record, info.lines, delimiter, report);
        if (row) yield row;
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    report.warn(`cannot be read on: ${error.message}. All before it is read`);
  } finally {
    source.destroy();
  }
}

function rowOf(
  names: readonly string[],
  record: readonly string[],
  row: number,
  delimiter: string,
  report: Report,
): TableRow | null {
  if (record.length !== names.length) {
    report.refuse(row, null, `${record.length} cells, where the first line names ${names.length} columns`);
    return null;
  }
  const cell = (text: string) =>
    delimiter !== "," && DECIMAL_COMMA.test(text) ? text.replace(",", ".") : text;
  const cells = new Map(names.map((name, i) => [name, cell(record[i] ?? "")]));
  cells.delete(PROTO);
  return { row, cells };
}

/** A name that comes again gets a number, so that no column hides another. Line breaks inside of one become blanks. */
function distinct(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((given, index) => {
    const plain = given.replace(/\p{C}+/gu, " ").trim();
    const name = plain === "" ? `column ${index + 1}` : plain;
    let free = name;
    for (let n = 2; seen.has(free); n += 1) free = `${name} (${n})`;
    seen.add(free);
    return free;
  });
}
