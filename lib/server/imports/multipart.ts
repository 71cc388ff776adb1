import "server-only";
import { ServiceError } from "../errors";
import { Scanner } from "./scanner";

const MAX_HEADER_BYTES = 16 * 1024;
const CRLF = Buffer.from("\r\n");
const BLANK_LINE = Buffer.from("\r\n\r\n");

export interface Part {
  name: string;
  /** undefined: a field, not a file. */
  filename: string | undefined;
  /** Must be read to its end before the next part. */
  body: AsyncIterable<Buffer>;
}

const broken = (what: string) => new ServiceError("bad_request", `the form is cut off or broken: ${what}`);

/** The boundary of a multipart content type (RFC 2046, 5.1.1). @throws ServiceError bad_request */
export function boundaryOf(contentType: string): string {
  const found = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const boundary = found?.[1] ?? found?.[2];
  if (boundary === undefined) throw broken("its content type names no boundary");
  return boundary;
}

/** The parts of a form as they arrive (RFC 7578), each streamed. @throws ServiceError bad_request */
export async function* partsOf(source: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const scanner = new Scanner(withBreak(source));
  const mark = Buffer.from(`\r\n--${boundary}`);
  await drain(scanner.until(mark), "it does not begin with its boundary");
  for (;;) {
    const after = await scanner.take(CRLF.byteLength);
    if (after.equals(Buffer.from("--"))) return;
    if (!after.equals(CRLF)) throw broken("no line break after a boundary");
    const { name, filename } = dispositionOf(await readHead(scanner));
    yield { name, filename, body: bodyOf(scanner, mark) };
  }
}

/** The first boundary has no line break before it; given one, it is like the others. */
async function* withBreak(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield CRLF;
  yield* source;
}

async function* bodyOf(scanner: Scanner, mark: Buffer): AsyncGenerator<Buffer> {
  if (!(yield* scanner.until(mark))) throw broken("its last part does not end");
}

async function drain(chunks: AsyncGenerator<Buffer, boolean>, otherwise: string): Promise<void> {
  let next = await chunks.next();
  while (!next.done) next = await chunks.next();
  if (!next.value) throw broken(otherwise);
}

async function readHead(scanner: Scanner): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of scanner.until(BLANK_LINE)) {
    size += chunk.byteLength;
    if (size > MAX_HEADER_BYTES) throw broken("a part's header is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function dispositionOf(head: string): { name: string; filename: string | undefined } {
  const line = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? "";
  const name = parameter(line, "name");
  if (name === undefined) throw broken("a part has no name");
  return { name, filename: parameter(line, "filename") };
}

/** Browsers write a quote inside the value as `%22`, curl as `\"`. */
function parameter(line: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;]+))`, "i").exec(line);
  const text = found?.[1] ?? found?.[2];
  return text?.replace(/\\(["\\])/g, "$1").replaceAll("%22", '"');
}
