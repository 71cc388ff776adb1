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
  return parseBody(await request.read(maxBytes), lines);
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
