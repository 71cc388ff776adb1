import { problemOf } from "./problem.mjs";

export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const PAGE = ["GET", "HEAD", "OPTIONS"];
const noContent = (allowed) => ({ status: 204, headers: { allow: allowed.join(", ") }, body: "" });
/** Below these an app route decides itself which methods it takes; everything else is a page or a file. */
const ROUTES = /^\/(api|ajax-api|mcp)(\/|$)/;
/** What Next asks of itself while it reloads. */
const DEVELOPMENT = /^\/(_next|__next)/;
const HOST = /^(\[[\da-f:.]+\]|[^\s/?#@\\:[\]<>^|%"`{}]+)(:\d{1,5})?$/i;

/**
 * Looks at what HTTP says of a request before the app sees it: the form of its target, its method, its encoding. A target
 * that names the server (RFC 9112, 3.2.2) is made into a path, and the name in it is the Host.
 * @returns a problem to answer with, or null when the request may go on
 */
export function refusalOf(request, { dev = false } = {}) {
  const { method } = request;
  if (!METHODS.includes(method)) return notAllowed(method, "this server", METHODS);
  if (request.url === "*") {
    if (method === "OPTIONS") return noContent(METHODS);
    return problemOf(400, `the target * goes with OPTIONS, not with ${method}`);
  }
  if (!request.url.startsWith("/") && !toPath(request))
    return problemOf(
      400,
      "the request's target must be a path, or an address that begins with http:// or https://",
    );
  return refusalOfHost(request) ?? refusalOfPath(request, dev);
}

/** RFC 9112, 3.2: one Host, neither none nor two; only HTTP/1.0 may leave it out. */
function refusalOfHost({ headers: { host }, rawHeaders, httpVersion }) {
  const given = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host").length;
  if (given > 1) return problemOf(400, `the header Host is given ${given} times; give it once`);
  if (given === 0 && httpVersion !== "1.0") return problemOf(400, "the header Host is missing");
  if (host !== undefined && !isHost(host))
    return problemOf(400, "the Host must be a name or an address, with or without a port");
  return null;
}

function refusalOfPath({ method, url, headers }, dev) {
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== "100-continue")
    return problemOf(417, "the only expectation that this server meets is 100-continue");
  const [path, query] = splitAt(url, "?");
  const broken = brokenIn(path) ?? brokenIn(query);
  if (broken !== null)
    return problemOf(
      400,
      `the address holds ${broken}, which is no percent-encoded UTF-8; a percent sign itself is written %25`,
    );
  if (ROUTES.test(path) || (dev && DEVELOPMENT.test(path))) return null;
  if (method === "OPTIONS") return noContent(PAGE);
  if (PAGE.includes(method)) return null;
  return notAllowed(method, path, PAGE);
}

const notAllowed = (method, where, allowed) =>
  problemOf(405, `${method} is not a method of ${where}; it takes ${allowed.join(", ")}`, {
    allow: allowed.join(", "),
  });

/** From `http://name/path` to `/path`. False when it is no such address. */
function toPath(request) {
  if (!/^https?:\/\//i.test(request.url) || !URL.canParse(request.url)) return false;
  const { host, username, password } = new URL(request.url);
  if (username !== "" || password !== "") return false;
  request.headers.host = host;
  const rest = request.url.replace(/^https?:\/\/[^/?#]*/i, "");
  request.url = rest.startsWith("/") ? rest : `/${rest}`;
  return true;
}

const isHost = (host) => HOST.test(host) && URL.canParse(`http://${host}`);

function splitAt(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** The first part that cannot be decoded, as it stands there. */
function brokenIn(text) {
  for (const [run] of text.matchAll(/(%[\da-f]{2})+|%/gi)) {
    try {
      decodeURIComponent(run);
    } catch {
      return run === "%" ? text.slice(text.indexOf("%"), text.indexOf("%") + 3) : run;
    }
  }
  return null;
}
