import "server-only";
import { ServiceError } from "../errors";
import { refuseUnstorable } from "./unstorable";
import type { WireRequest } from "./wire";

const UTF8 = new TextDecoder("utf-8", { fatal: true });
const NDJSON = "application/x-ndjson";
/** NaN and the infinities are no JSON; Python's json module writes them all the same. */
const BARE_NONFINITE = /[:,[]\s*(-?Infinity|NaN)\s*[,}\]]/;

/**
 * The body as JSON. NDJSON, where the route takes it, becomes `{[lines]: [...]}`.
 * @throws ServiceError unsupported_media_type, payload_too_large, invalid_json
 */
export async function readBody(
  request: WireRequest,
  maxBytes: number,
  ndjsonField?: string,
): Promise<unknown> {
  const lines = takesLines(request, ndjsonField) ? ndjsonField : undefined;
  const bytes = await request.read(maxBytes);
  refuseManyParts(bytes);
  return parseBody(bytes, lines);
}

/** Twice what the largest log call has, which is read at once: checking millions of values would hold all others up. */
const MAX_PARTS = 300_000;
const [COMMA, NEWLINE] = [0x2c, 0x0a];

/** By what stands between values and lines: that is seen before anything is made of them. */
function refuseManyParts(bytes: Uint8Array): void {
  if (bytes.length <= MAX_PARTS) return;
  let parts = 0;
  for (const byte of bytes) if (byte === COMMA || byte === NEWLINE) parts += 1;
  if (parts <= MAX_PARTS) return;
  throw new ServiceError(
    "payload_too_large",
    `the body has ${parts} commas and line ends; at most ${MAX_PARTS} are taken`,
  );
}

/** The body as it came, for whoever parses it elsewhere. @throws ServiceError as `readBody` does */
export function readJsonBytes(request: WireRequest, maxBytes: number): Promise<Uint8Array> {
  takesLines(request);
  return request.read(maxBytes);
}

/** @throws ServiceError invalid_json, and invalid_parameters for a name or text that nothing can have */
export function parseBody(bytes: Uint8Array, ndjsonField?: string): unknown {
  const text = decode(bytes);
  const body = ndjsonField === undefined ? parseJson(text) : { [ndjsonField]: parseLines(text) };
  refuseUnstorable(text, body);
  return body;
}

/** Whether the body is NDJSON. @throws ServiceError unsupported_media_type when it is no JSON either */
function takesLines(request: WireRequest, ndjsonField?: string): boolean {
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (encoding.toLowerCase() !== "identity")
    throw new ServiceError(
      "unsupported_media_type",
      `the content encoding is ${encoding}; send the body as it is`,
    );
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const lines = ndjsonField !== undefined && type === NDJSON;
  if (lines || type === "application/json") return lines;
  const taken = ndjsonField === undefined ? "application/json" : `application/json or ${NDJSON}`;
  throw new ServiceError("unsupported_media_type", `the content type is ${type || "missing"}; send ${taken}`);
}

const parseLines = (text: string): unknown[] =>
  text.split("\n").flatMap((line, i) => (line.trim() === "" ? [] : [parseJson(line, `line ${i + 1}: `)]));

function decode(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new ServiceError("invalid_json", "the body is not UTF-8");
  }
}

function parseJson(text: string, where = ""): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const bare = BARE_NONFINITE.exec(text);
    const reason = bare
      ? `JSON has no ${bare[1]} (at character ${bare.index + 1}); send it as the string "${bare[1]}"`
      : error instanceof Error
        ? error.message
        : "not JSON";
    throw new ServiceError("invalid_json", where + reason);
  }
}
