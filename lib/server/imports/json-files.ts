import "server-only";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { JsonObject } from "@/lib/contracts/common";
import { type ImportMapping, MAX_DOCUMENT_BYTES } from "@/lib/contracts/imports";
import { parseLenient } from "@/lib/domain/imports/parse-json-line";
import { ServiceError } from "../errors";
import { NO_NAME, PROTO } from "../http/unstorable";
import { declaredIn } from "./declared";
import type { Report } from "./report";
import { Scanner } from "./scanner";
import type { Source } from "./source";
import { openTable, type TableRow } from "./table";
import type { SpooledFile } from "./upload";

const MAX_LINE_BYTES = 4 * 1024 * 1024;
const NEWLINE = Buffer.from("\n");

const asRecord = (value: unknown): object | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;

/** As it is: a record's schema would drop a `__proto__` without a word. */
const Given = z.custom<object>((value) => asRecord(value) !== null);
const Nested = z.object({ metrics: Given });

/** A point a line. A first line without a step says what was declared of the run. */
export async function openJsonl(file: SpooledFile, said: ImportMapping): Promise<Source> {
  const { declared, left } = await declaredAtTop(file.at);
  const rows = async function* (report: Report): AsyncGenerator<TableRow> {
    for (const { field, reason } of left)
      report.warn(`the first line's ${field}: ${reason}, and was left out`);
    for await (const { row, text } of linesOf(file.at)) {
      const found = text === null ? "too long" : rowIn(text, row);
      if (typeof found === "string") report.refuse(row, null, found);
      else if (found) yield found;
    }
  };
  return openTable(file, "jsonl", rows, said, declared);
}

async function* linesOf(at: string): AsyncGenerator<{ row: number; text: string | null }> {
  const scanner = new Scanner(createReadStream(at));
  for (let row = 1; ; row += 1) {
    const chunks: Buffer[] = [];
    let size = 0;
    const until = scanner.until(NEWLINE);
    let next = await until.next();
    for (; !next.done; next = await until.next()) {
      size += next.value.byteLength;
      if (size <= MAX_LINE_BYTES) chunks.push(next.value);
    }
    const text = Buffer.concat(chunks)
      .toString("utf8")
      .replace(/^\ufeff/, "")
      .trim();
    if (text !== "") yield { row, text: size > MAX_LINE_BYTES ? null : text };
    if (!next.value) return;
  }
}

/** A row, why it is none, or null for the line that declares. */
function rowIn(text: string, row: number): TableRow | string | null {
  let value: unknown;
  try {
    value = parseLenient(text);
  } catch (error) {
    return error instanceof Error ? error.message : "not JSON";
  }
  const line = asRecord(value);
  if (!line) return "not a JSON object";
  if (row === 1 && isDeclaration(line)) return null;
  const nested = Nested.safeParse(line);
  const cells = new Map(Object.entries(line));
  if (!nested.success) return { row, cells };
  cells.delete("metrics");
  return { row, cells, metrics: new Map(Object.entries(nested.data.metrics)) };
}

const isDeclaration = (line: object): boolean =>
  !("metrics" in line) && ("lrscope" in line || "config" in line || ("name" in line && !("step" in line)));

async function declaredAtTop(at: string): Promise<ReturnType<typeof declaredIn>> {
  for await (const { row, text } of linesOf(at)) {
    const line = row === 1 && text !== null ? declarationIn(text) : null;
    return line ? declaredIn(line) : { declared: {}, left: [] };
  }
  return { declared: {}, left: [] };
}

function declarationIn(text: string): object | null {
  try {
    const line = asRecord(parseLenient(text));
    return line && isDeclaration(line) ? line : null;
  } catch {
    return null;
  }
}

const TrainerState = z.object({ log_history: z.array(Given) });

/**
 * The state that the Hugging Face Trainer saves: a log, and figures of the run, which become its config. The document is
 * read whole.
 * @throws ServiceError invalid_parameters
 */
export async function openTrainerState(file: SpooledFile, said: ImportMapping): Promise<Source> {
  const state = stateIn(file.bytes > MAX_DOCUMENT_BYTES ? null : await readFile(file.at, "utf8"));
  const { log_history } = TrainerState.parse(state);
  const rows = async function* (report: Report): AsyncGenerator<TableRow> {
    if (Object.hasOwn(state, PROTO)) report.warn(`${PROTO}: ${NO_NAME}, and was left out`);
    for (const [i, entry] of log_history.entries())
      yield { row: i + 1, cells: new Map(Object.entries(entry)) };
  };
  const figures = Object.entries(state).filter(([, value]) => value !== null && typeof value !== "object");
  const config = JsonObject.parse(Object.fromEntries(figures));
  const total = z.int().min(1).safeParse(config.max_steps);
  return openTable(file, "trainer_state", rows, said, {
    config,
    ...(total.success ? { total_steps: total.data } : {}),
  });
}

function stateIn(text: string | null): object {
  if (text === null) {
    throw new ServiceError(
      "invalid_parameters",
      `larger than ${MAX_DOCUMENT_BYTES} bytes, which a JSON document may have`,
    );
  }
  try {
    const state = asRecord(parseLenient(text.replace(/^\ufeff/, "")));
    if (state && TrainerState.safeParse(state).success) return state;
  } catch (error) {
    throw new ServiceError("invalid_parameters", error instanceof Error ? error.message : "not JSON");
  }
  throw new ServiceError("invalid_parameters", "its log_history is no list of objects");
}
