import "server-only";
import { ServiceError } from "../errors";
import { refuseProto } from "./refuse-proto";
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
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const takesLines = ndjsonField !== undefined && type === NDJSON;
  if (type !== "application/json" && !takesLines) {
    const taken = ndjsonField === undefined ? "application/json" : `application/json or ${NDJSON}`;
    throw new ServiceError(
      "unsupported_media_type",
      `the content type is ${type || "missing"}; send ${taken}`,
    );
  }
  const text = await readText(request, maxBytes);
  const body = takesLines ? { [ndjsonField]: parseLines(text) } : parseJson(text);
  refuseProto(text, body);
  return body;
}

const parseLines = (text: string): unknown[] =>
  text.split("\n").flatMap((line, i) => (line.trim() === "" ? [] : [parseJson(line, `line ${i + 1}: `)]));

async function readText(request: WireRequest, maxBytes: number): Promise<string> {
  const bytes = await request.read(maxBytes);
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
