/**
 * Serves lrscope: `npm start` (built), `npm run dev` (`--dev`).
 *
 * Fails with one clear message and exit code 1 when the port is in use, the environment is wrong or the database cannot
 * be opened. Ends with 0 on SIGINT and SIGTERM, after the requests in flight.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import path from "node:path";
import { compressedFiles } from "./lib/compressed.mjs";
import { Failure, runMain } from "./lib/failure.mjs";
import { readyText } from "./lib/first-run.mjs";
import { addressOf, createServer, drain, listen, readAddress } from "./lib/http-server.mjs";
import { root } from "./lib/root.mjs";
import { watchWorker } from "./lib/worker.mjs";

const dev = process.argv.includes("--dev");
/** In development the browser's socket for reloading never ends by itself. */
const GRACE_MS = dev ? 1000 : 10_000;
/** npm passes on the Ctrl-C that the terminal has sent already: a second one this soon is the same one. */
const DOUBLED_MS = 500;

async function serve() {
  const address = readAddress(process.env);
  const data = path.resolve(process.env.LRSCOPE_DATA || path.join(root, "data"));
  process.env.LRSCOPE_DATA = data;
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  // Assigned before Next is loaded, which reads it once.
  process.env.NODE_ENV = dev ? "development" : "production";
  process.chdir(root);

  // The port comes first: a second server must fail before it migrates the database under the one that runs.
  let handle;
  const handler = new Promise((resolve) => (handle = resolve));
  const listener = async (request, response) => {
    // lib/server/http/direct.ts puts itself there: the call that jobs make all the time.
    if (!globalThis.__lrscopeDirect?.(request, response)) (await handler)(request, response);
  };
  const server = createServer(listener, { dev });
  const port = await listen(server, address);
  const url = addressOf(address.host, port);
  const { default: next } = await import("next");
  const app = next({ dev, dir: root, hostname: address.host, port, httpServer: server });
  await prepare(app);
  const pages = app.getRequestHandler();
  if (dev) await watchWorker();
  const compressed = dev ? () => false : await compressedFiles();
  const requests = (globalThis.__lrscopeRequest = new AsyncLocalStorage());
  handle(
    (request, response) =>
      compressed(request, response) || requests.run(leaving(response), () => pages(request, response)),
  );
  // Next calls instrumentation.ts, which opens the database or ends the process, before its first answer.
  await fetch(`${url}/api/health`);
  endOnSignals(server);
  console.log(readyText(url, data));
}

/** Aborted when the connection closes before the answer was sent. lib/server/request-signal.ts reads it. */
function leaving(response) {
  const left = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) left.abort(new Error("the client has left"));
  });
  return left.signal;
}

async function prepare(app) {
  try {
    await app.prepare();
  } catch (error) {
    throw new Failure(`lrscope did not start. ${error.message}`);
  }
}

function endOnSignals(server) {
  let since;
  const end = async () => {
    if (since !== undefined) {
      if (Date.now() - since > DOUBLED_MS) process.exit(130);
      return;
    }
    since = Date.now();
    console.log("\nEnding: the requests in flight finish first. Ctrl-C again ends at once.");
    const drained = drain(server, GRACE_MS);
    for (const shutdown of globalThis.__lrscopeShutdown ?? []) shutdown();
    await drained;
    const open = await globalThis.__lrscopeDatabase;
    await open?.close();
    process.exit(0);
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
}

await runMain(serve);
