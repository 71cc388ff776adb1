import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { ServiceError } from "../errors";
import { newId } from "../ids";
import { answerLogMetrics } from "../metrics/answer-log-metrics";
import { methodsInstead } from "./methods";
import { problemAnswer } from "./problem-answer";
import { cutOff, tooLarge, type WireAnswer, type WireRequest } from "./wire";

const LOG_METRICS = /^\/api\/v1\/runs\/([\w.~-]+)\/metrics$/;

type Serve = (request: IncomingMessage, response: ServerResponse) => boolean;
const shared = globalThis as { __lrscopeDirect?: Serve };

/** `scripts/serve.mjs` finds it there: it shares no module with what Next has bundled. */
export function offerDirectWay(): void {
  shared.__lrscopeDirect = serveDirectly;
}

/** True when the request was answered. */
function serveDirectly(request: IncomingMessage, response: ServerResponse): boolean {
  return refuseMethod(request, response) || logDirectly(request, response);
}

/** Next answers a method that a route does not have with an empty 405. */
function refuseMethod({ method = "GET", url = "/" }: IncomingMessage, response: ServerResponse): boolean {
  // The call that matters for speed is below, and its method is right.
  if (method === "POST" && LOG_METRICS.test(url)) return false;
  const path = url.split("?", 1)[0] ?? url;
  const methods = path.startsWith("/api/") ? methodsInstead(method, path) : null;
  if (methods === null) return false;
  const allow = methods.join(", ");
  const error = new ServiceError(
    "method_not_allowed",
    `${method} is not a method of ${path}; it takes ${allow}`,
  );
  const answer = problemAnswer(error, newId());
  send(response, { ...answer, headers: { ...answer.headers, allow } });
  return true;
}

/**
 * Takes the one call that jobs make all the time past Next, whose way to a route and back costs more than storing the
 * values does (docs/benchmarks.md). The answer is made by the function that the route exports too.
 * @returns false when the request is another, and untouched
 */
function logDirectly(request: IncomingMessage, response: ServerResponse): boolean {
  const runId = request.method === "POST" ? LOG_METRICS.exec(request.url ?? "")?.[1] : undefined;
  if (runId === undefined) return false;
  void answerLogMetrics(fromNode(request), Promise.resolve({ run_id: runId })).then((answer) =>
    send(response, answer),
  );
  return true;
}

function fromNode(request: IncomingMessage): WireRequest {
  const get = (name: string) => {
    const value = request.headers[name];
    return value === undefined ? null : String(value);
  };
  return {
    url: `http://${get("host") ?? "localhost"}${request.url ?? "/"}`,
    headers: { get },
    signal: NEVER,
    read: (maxBytes) => readAll(request, maxBytes),
  };
}

/** Points that were sent are stored, whether the sender waits for the answer or not. */
const NEVER = new AbortController().signal;

function readAll(request: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers["content-length"] ?? 0) > maxBytes) return reject(tooLarge(maxBytes));
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= maxBytes) return chunks.push(chunk);
      request.removeAllListeners("data").resume();
      reject(tooLarge(maxBytes));
    });
    request.on("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    // Cut off half-way; what follows an error is `close`, and the answer goes nowhere.
    request.on("error", () => reject(cutOff()));
  });
}

function send(response: ServerResponse, answer: WireAnswer | Response): void {
  if (answer instanceof Response) throw new Error("this way has no streams");
  response.writeHead(answer.status, {
    ...answer.headers,
    "content-length": Buffer.byteLength(answer.body ?? ""),
  });
  response.end(answer.body);
}
