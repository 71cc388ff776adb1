import "server-only";
import { open } from "node:fs/promises";
import type { ImportFormat } from "@/lib/contracts/imports";
import { csvFormat, delimiterOf } from "@/lib/domain/imports/csv-dialect";
import { maskedCrc32c } from "@/lib/domain/imports/crc32c";
import { parseLenient } from "@/lib/domain/imports/parse-json-line";
import type { SpooledFile } from "./upload";

const HEAD_BYTES = 64 * 1024;
const LENGTH_BYTES = 8;
const RECORD_HEADER_BYTES = 12;

export type Recognised = { format: ImportFormat } | { format: null; reason: string };

const unknown = (reason: string): Recognised => ({ format: null, reason });

/** What a file is, by what it holds; its name only tells an event file that was cut off before its first record. */
export async function recognise(file: SpooledFile): Promise<Recognised> {
  const head = await readHead(file.at);
  if (startsWithRecord(head) || (/tfevents/.test(file.path) && head.byteLength < RECORD_HEADER_BYTES)) {
    return { format: "tfevents" };
  }
  if (head.byteLength === 0) return unknown("the file is empty");
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    return unknown("the file is UTF-16; save it as UTF-8");
  }
  if (head.includes(0)) return unknown("a binary file of no format that is known here");
  return recogniseText(
    head
      .toString("utf8")
      .replace(/^\ufeff/, "")
      .trimStart(),
  );
}

async function readHead(at: string): Promise<Buffer> {
  const file = await open(at, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** An event file begins with a record: its length, and the checksum of that. */
function startsWithRecord(head: Buffer): boolean {
  if (head.byteLength < RECORD_HEADER_BYTES) return false;
  return head.readUInt32LE(LENGTH_BYTES) === maskedCrc32c(head.subarray(0, LENGTH_BYTES));
}

function recogniseText(text: string): Recognised {
  if (text.startsWith("[")) return unknown("a JSON list; write an object a line instead (JSONL)");
  if (text.startsWith("{")) return recogniseJson(text);
  const delimiter = delimiterOf(text);
  const [first = ""] = text.split(/[\r\n]/, 1);
  const names = first.split(delimiter).map((name) => name.replace(/^\s*"?|"?\s*$/g, ""));
  if (names.length < 2) return unknown("neither JSON nor a table with a line of column names");
  return { format: csvFormat(names) };
}

function recogniseJson(text: string): Recognised {
  const line = objectIn(text.split(/\r?\n/, 1)[0] ?? "");
  if (line && !("log_history" in line)) return { format: "jsonl" };
  if (/"log_history"\s*:\s*\[/.test(text)) return { format: "trainer_state" };
  return line === null && text.startsWith("{\n")
    ? unknown("a JSON document without a log_history; write an object a line instead (JSONL)")
    : { format: "jsonl" };
}

function objectIn(line: string): object | null {
  try {
    const value = parseLenient(line);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
