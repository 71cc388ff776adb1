import http from "node:http";
import { Failure } from "./failure.mjs";
import { answerProblem, endWithProblem, problemOf } from "./problem.mjs";
import { METHODS, refusalOf } from "./request-guard.mjs";

const LOOPBACK = ["127.0.0.1", "localhost", "::1"];
const KEEP_ALIVE_MS = 65_000;
/** Longer than the keep-alive, or a kept connection could be cut while a request is on its way. */
const HEADERS_MS = 70_000;
const IDLE_CHECK_MS = 100;
/** A comparison's address may name a thousand runs, and Next says it again in a header. */
const HEADER_BYTES = 256 * 1024;

/** On every answer, whoever makes it. */
const SECURITY_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
  "X-Frame-Options": "DENY",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** @throws Failure when PORT or HOST cannot be used. The app's own check, in lib/server/env.ts, comes after this. */
export function readAddress(env) {
  const host = env.HOST || "127.0.0.1";
  const port = Number(env.PORT || 3000);
  if (!LOOPBACK.includes(host)) {
    throw new Failure(
      `HOST=${host} reaches beyond this machine. lrscope has no access tokens yet, so it listens on ${LOOPBACK.join(", ")} only. To use it from elsewhere, forward the port: ssh -L 3000:127.0.0.1:3000 this-machine`,
    );
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Failure(`PORT=${env.PORT} is not a port: use a number from 0 to 65535.`);
  }
  return { host, port };
}

export function createServer(listener, options = {}) {
  const take = (request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const refusal = refusalOf(request, options);
    return refusal ? answerProblem(request, response, refusal) : listener(request, response);
  };
  // Node's own refusals of these two have no body.
  const server = http.createServer({ maxHeaderSize: HEADER_BYTES, requireHostHeader: false }, take);
  server.on("checkExpectation", take);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = HEADERS_MS;
  server.on("connect", (_request, socket) => {
    const detail = "CONNECT is for proxies, and this server is none";
    endWithProblem(socket, problemOf(405, detail, { allow: METHODS.join(", ") }));
  });
  if (!options.dev) {
    // Next would only close the connection.
    server.on("upgrade", (_request, socket) =>
      endWithProblem(
        socket,
        problemOf(400, "this server speaks HTTP/1.1 alone; leave the header Upgrade out"),
      ),
    );
  }
  server.on("clientError", (error, socket) => endWithProblem(socket, unreadable(error)));
  return server;
}

/** What Node could not make a request of. */
function unreadable({ code }) {
  if (code === "HPE_HEADER_OVERFLOW")
    return problemOf(431, `the address and the headers together are longer than ${HEADER_BYTES} bytes`);
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return problemOf(408, "the request did not come to its end in time");
  return problemOf(400, "this is not a request that HTTP/1.1 allows");
}

/** Resolves with the port in use, which for port 0 is one that the system chose. */
export function listen(server, { host, port }) {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(addressFailure(error, host, port)));
    server.listen({ host, port }, () => resolve(server.address().port));
  });
}

function addressFailure(error, host, port) {
  if (error.code === "EADDRINUSE") {
    return new Failure(
      `Port ${port} on ${host} is in use, perhaps by another lrscope. Stop that one, or choose another port: PORT=${port + 1} npm start`,
    );
  }
  if (error.code === "EACCES") {
    return new Failure(
      `Port ${port} needs more rights than this user has. Choose one above 1023: PORT=3000 npm start`,
    );
  }
  if (error.code === "EADDRNOTAVAIL") {
    return new Failure(
      `HOST=${host} is not an address of this machine. Leave HOST out, or use one of ${LOOPBACK.join(", ")}.`,
    );
  }
  return error;
}

/** Takes no more connections and waits for the requests in flight, for `graceMs` at most. */
export async function drain(server, graceMs) {
  const closed = new Promise((resolve) => server.close(resolve));
  // A kept connection that falls idle after this would otherwise be waited for until its keep-alive ends.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const late = new Promise((resolve) => setTimeout(resolve, graceMs));
  await Promise.race([closed, late]);
  clearInterval(idle);
}

export function addressOf(host, port) {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
