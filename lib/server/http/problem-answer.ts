import "server-only";
import type { Problem, ProblemCode } from "@/lib/contracts/problem";
import { log } from "../log";
import { ServiceError } from "../errors";
import { jsonAnswer, type WireAnswer } from "./wire";

const STATUS: Record<ProblemCode, number> = {
  bad_request: 400,
  invalid_json: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  invalid_parameters: 422,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
};

const TITLE: Record<ProblemCode, string> = {
  bad_request: "Bad request",
  invalid_json: "The body is not JSON",
  unauthenticated: "Who are you?",
  forbidden: "Not allowed",
  not_found: "Not found",
  method_not_allowed: "Method not allowed",
  conflict: "Conflict",
  payload_too_large: "Too large",
  unsupported_media_type: "Unsupported content type",
  invalid_parameters: "Invalid parameters",
  too_many_requests: "Too many requests",
  internal: "Internal error",
  unavailable: "Unavailable",
};

/** Seconds after which a client may try again when the database cannot be used just now. */
const RETRY_AFTER_S = "2";

/** The database is there but cannot serve: full, locked, read-only, starting, or gone. */
const UNAVAILABLE = new RegExp(
  [
    "SQLITE_(FULL|BUSY|LOCKED|IOERR|READONLY|CANTOPEN|CORRUPT)",
    "database or disk is full|disk I/O error|database is locked|readonly database|unable to open database",
    // PostgreSQL: an address or a socket that nobody answers at, a connection cut, and what it says of itself.
    "connect E[A-Z]+|ENOTFOUND|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT",
    "Can't reach database|terminating connection|Connection terminated|timeout exceeded when trying to connect",
    "the database system is |not currently accepting connections|too many clients|remaining connection slots",
    "is not queryable|No space left on device|read-only transaction",
    "P1001|P1008|P1017|P2024|P2028|P2037",
  ].join("|"),
);

/** What a client is told of an error. */
export function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const text =
    error instanceof Error ? `${"code" in error ? String(error.code) : ""} ${error.message}` : String(error);
  return UNAVAILABLE.test(text)
    ? new ServiceError(
        "unavailable",
        "the database cannot be used just now; send the request again in a moment",
      )
    : new ServiceError("internal", "something went wrong in the server; its log has the details");
}

export function problemAnswer(error: unknown, requestId: string): WireAnswer {
  const { code, message, invalidParams } = asServiceError(error);
  const status = STATUS[code];
  if (status >= 500) log().error({ requestId, err: error }, message);
  const problem: Problem = {
    type: "about:blank",
    title: TITLE[code],
    status,
    code,
    detail: message,
    request_id: requestId,
    ...(invalidParams ? { invalid_params: invalidParams } : {}),
  };
  return jsonAnswer(status, problem, {
    "content-type": "application/problem+json",
    "x-request-id": requestId,
    "cache-control": "no-store",
    ...(code === "unavailable" ? { "retry-after": RETRY_AFTER_S } : {}),
  });
}
