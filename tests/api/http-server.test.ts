import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { offerDirectWay } from "@/lib/server/http/direct";
import { createServer } from "../../scripts/lib/http-server.mjs";
import { freshDatabase } from "../support/api";
import { rawRequest, sendRaw } from "../support/raw-http";
import { Problem } from "@/lib/contracts/problem";

freshDatabase();

const shared = globalThis as { __lrscopeDirect?: (i: IncomingMessage, o: ServerResponse) => boolean };
let server: Server;
let port: number;

/** The server of `npm start`; where Next would answer, it says what it was asked for. */
beforeAll(async () => {
  offerDirectWay();
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (shared.__lrscopeDirect?.(request, response)) return;
    response.setHeader("x-passed", `${request.headers.host} ${encodeURI(request.url ?? "")}`);
    request.resume().on("end", () => response.end("passed"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const send = (...request: Parameters<typeof rawRequest>) => sendRaw(port, rawRequest(...request));
const headerOf = (text: string, name: string) => new RegExp(`^${name}: (.*)\\r$`, "im").exec(text)?.[1];

function expectProblem({ status, text }: Awaited<ReturnType<typeof send>>, expected: number): void {
  expect(status, text).toBe(expected);
  expect(headerOf(text, "content-type")).toBe("application/problem+json");
  const body = text.slice(text.indexOf("\r\n\r\n") + 4);
  expect(Problem.parse(JSON.parse(Buffer.from(body, "latin1").toString("utf8"))).status).toBe(expected);
}

describe("what HTTP says of a request is looked at before the app sees it", () => {
  test.each([
    "/%",
    "/%z",
    "/api/v1/runs/%zz",
    "/api/v1/runs/%ff",
    "/projects/%C3",
    "/api/v1/runs?q=%",
    "/?q=%ff",
    "/api/v1/runs?filter=50%25&q=%e2%82",
    "http://[/",
    "ftp://localhost/",
    "http://a:b@localhost/",
  ])("GET %s is 400", async (target) => expectProblem(await send("GET", target), 400));

  test.each(["/%25", "/a%20b", "/%E2%82%AC", "/?q=50%25+x", "/a?b=c?d%2F"])(
    "GET %s goes on",
    async (target) => expect((await send("GET", target)).status).toBe(200),
  );

  test.each([
    ["TRACE", "/api/v1/runs", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
    ["PROPFIND", "/", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
    ["CONNECT", "localhost:80", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
    ["POST", "/settings", "GET, HEAD, OPTIONS"],
    ["DELETE", "/icon.svg", "GET, HEAD, OPTIONS"],
    ["DELETE", "/api/v1/runs/x/metrics", "POST, GET, HEAD, OPTIONS"],
    ["PUT", "/api/v1/runs/x/metrics?a=b", "POST, GET, HEAD, OPTIONS"],
    ["GET", "/api/v1/runs/bulk", "POST, OPTIONS"],
    ["PATCH", "/api/health", "GET, HEAD, OPTIONS"],
  ])("%s %s is 405 and says what is allowed", async (method, target, allow) => {
    const answer = await send(method, target);
    expectProblem(answer, 405);
    expect(headerOf(answer.text, "allow")).toBe(allow);
  });

  test("an address that names the server is its path, and the name in it the Host", async () => {
    for (const [target, passed] of [
      ["http://lab.example:9/api/v1/runs?x=1", "lab.example:9 /api/v1/runs?x=1"],
      ["HTTP://lab.example", "lab.example /"],
      ["http://lab.example?x", "lab.example /?x"],
    ] as const)
      expect(headerOf((await send("GET", target)).text, "x-passed")).toBe(passed);
  });

  test("OPTIONS * is answered, * with another method and an upgrade are 400", async () => {
    const answer = await send("OPTIONS", "*");
    expect(answer.status).toBe(204);
    expect(headerOf(answer.text, "allow")).toContain("DELETE");
    expectProblem(await send("GET", "*"), 400);
    expectProblem(
      await sendRaw(port, "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"),
      400,
    );
  });

  test.each(["/", "/settings?x=1", "/icon.svg"])("OPTIONS %s says what is allowed", async (target) => {
    const answer = await send("OPTIONS", target);
    expect(answer.status).toBe(204);
    expect(headerOf(answer.text, "allow")).toBe("GET, HEAD, OPTIONS");
  });

  test.each([
    ["HTTP/1.0 without a Host", "GET / HTTP/1.0\r\n\r\n"],
    ["100-continue", rawRequest("GET", "/", "Expect: 100-Continue\r\n")],
  ])("%s goes on", async (_, request) => {
    expect((await sendRaw(port, request)).text).toContain("passed");
  });

  test.each(["", "a b", "[", "a/b", "a@b", "a:99999", "<x>"])("the Host %j is 400", async (host) => {
    const request = `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    expectProblem(await sendRaw(port, request), 400);
  });

  test.each([
    ["no Host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
    ["two Hosts", rawRequest("GET", "/", "host: localhost\r\n"), 400],
    ["two Hosts and an address", rawRequest("GET", "http://localhost/", "HOST: b\r\n"), 400],
    ["an expectation", rawRequest("POST", "/api/v1/runs", "Expect: 200-ok\r\n"), 417],
    ["no method", "FOO / HTTP/1.1\r\n\r\n", 400],
    ["another protocol", "\x16\x03\x01\x02\x00", 400],
    ["a length that is none", rawRequest("POST", "/api/v1/runs", "Content-Length: -1\r\n"), 400],
    [
      "two lengths",
      rawRequest("POST", "/api/v1/runs", "Content-Length: 1\r\nContent-Length: 2\r\n", "xx"),
      400,
    ],
    [
      "a length and chunks",
      rawRequest("POST", "/x", "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
      400,
    ],
    [
      "chunks that are none",
      rawRequest("POST", "/api/v1/runs", "Transfer-Encoding: chunked\r\n", "zz\r\n"),
      400,
    ],
    ["a long address", rawRequest("GET", `/${"a".repeat(300_000)}`), 431],
    ["long headers", rawRequest("GET", "/", `X: ${"a".repeat(300_000)}\r\n`), 431],
  ])("%s is %i", async (_, request, status) => expectProblem(await sendRaw(port, request), status));
});

const bits = [
  "%",
  "%zz",
  "%ff",
  "\r\n",
  "\0",
  "\xff",
  " ",
  "//",
  "..",
  "?",
  "#",
  "[",
  "@",
  ":",
  "TRACE",
  "-1",
  "\\",
  "*",
];
const anyHead = fc
  .array(fc.tuple(fc.nat(70), fc.nat(4), fc.constantFrom(...bits)), { minLength: 1, maxLength: 4 })
  .map((edits) =>
    edits.reduce(
      (head, [at, cut, bit]) => head.slice(0, at) + bit + head.slice(at + cut),
      "GET http://localhost/api/v1/runs?q=a HTTP/1.1\r\nHost: localhost\r\nConnection: close",
    ),
  );

test(
  "whatever the head of a request looks like, it is answered, and never with 5xx",
  { timeout: 120_000 },
  async () => {
    const property = fc.asyncProperty(anyHead, async (head) => {
      // A second request, in case the first one's end is an empty line further up, and nonsense to end the connection.
      const { status, text } = await sendRaw(port, `${head}\r\n\r\n\x01\r\n\r\n`);
      expect(status, text).toBeGreaterThanOrEqual(200);
      expect(status, text).toBeLessThan(500);
    });
    await fc.assert(property, { numRuns: 2000 });
  },
);
