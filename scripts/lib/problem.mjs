import { randomUUID } from "node:crypto";

const TITLES = {
  400: "Bad request",
  405: "Method not allowed",
  408: "Timed out",
  413: "Too large",
  417: "Expectation failed",
  431: "Too large",
};
const CODES = { 405: "method_not_allowed", 413: "payload_too_large", 431: "payload_too_large" };

/** A refusal of a request before the app has seen it, as the app would say it: RFC 9457, lib/contracts/problem.ts. */
export function problemOf(status, detail, headers = {}) {
  const request_id = randomUUID().replaceAll("-", "");
  const code = CODES[status] ?? "bad_request";
  const body = JSON.stringify({
    type: "about:blank",
    title: TITLES[status],
    status,
    code,
    detail,
    request_id,
  });
  return {
    status,
    body,
    headers: {
      "content-type": "application/problem+json",
      "content-length": Buffer.byteLength(body),
      "cache-control": "no-store",
      "x-request-id": request_id,
      ...headers,
    },
  };
}

/** Answers, and ends the connection where the rest of the request would only be read to be thrown away. */
export function answerProblem(request, response, { status, headers, body }) {
  if (!request.complete) response.setHeader("connection", "close");
  response.writeHead(status, headers);
  response.end(request.method === "HEAD" ? undefined : body);
}

/** The same on a socket that has no response: what came on it is no request. */
export function endWithProblem(socket, { status, headers, body }) {
  if (!socket.writable) return socket.destroy();
  const lines = Object.entries({ ...headers, connection: "close" }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.end(`HTTP/1.1 ${status} ${TITLES[status]}\r\n${lines.join("")}\r\n${body}`);
}
