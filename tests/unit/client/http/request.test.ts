import { afterEach, describe, expect, test, vi } from "vitest";
import { ProblemError, sentenceOf } from "@/lib/client/http/problem-error";
import { queryString, request, urlPath } from "@/lib/client/http/request";

const answer = (body: unknown, init?: ResponseInit) => {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response(JSON.stringify(body), init));
  vi.stubGlobal("fetch", fetch);
  return fetch;
};
const failure = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProblemError)) throw new Error(`expected a ProblemError, got ${String(error)}`);
  return error;
};

afterEach(() => vi.unstubAllGlobals());

describe("request", () => {
  test("sends JSON and gives the answer", async () => {
    const fetch = answer({ ok: true });
    const query = { limit: 5, cursor: undefined };
    await expect(request("/runs", { method: "POST", query, body: { a: 1 } })).resolves.toEqual({
      ok: true,
    });
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe("/api/v1/runs?limit=5");
    expect(init).toMatchObject({
      method: "POST",
      body: '{"a":1}',
      headers: { "content-type": "application/json" },
    });
  });

  test("a body that is JSON but no problem document becomes a sentence", async () => {
    answer({ error: "nope" }, { status: 404, statusText: "Not Found" });
    const { problem } = await failure(request("/runs"));
    expect(problem).toMatchObject({ status: 404, code: "bad_request", title: "Not Found" });
  });

  test("a problem document is thrown as it is, and says which field is wrong", async () => {
    const problem = {
      type: "about:blank",
      title: "Unprocessable",
      status: 422,
      code: "invalid_parameters",
      detail: "The request is not valid.",
      request_id: "q1",
      invalid_params: [{ name: "points[3].step", reason: "must not be negative" }],
    };
    answer(problem, { status: 422 });
    const error = await failure(request("/runs"));
    expect(error.problem).toEqual(problem);
    expect(sentenceOf(error)).toBe("The request is not valid. (points[3].step: must not be negative)");
  });

  test("a proxy's error page becomes a sentence", async () => {
    vi.stubGlobal(
      "fetch",
      async () => new Response("<html>", { status: 502, headers: { "x-request-id": "q2" } }),
    );
    const { problem } = await failure(request("/runs"));
    expect(problem).toMatchObject({ status: 502, code: "unavailable", request_id: "q2" });
  });

  test("no answer is unavailable; an aborted request is aborted", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("fetch failed");
    });
    expect((await failure(request("/runs"))).problem).toMatchObject({
      status: 0,
      code: "unavailable",
    });
    const signal = AbortSignal.abort();
    await expect(request("/runs", { signal })).rejects.toThrow(TypeError);
  });
});

test("paths and queries are encoded", () => {
  expect(urlPath("projects", "a/b c")).toBe("/projects/a%2Fb%20c");
  expect(queryString({ sort: "-metric:val/loss:min", q: "a b" })).toBe(
    "?sort=-metric%3Aval%2Floss%3Amin&q=a+b",
  );
  expect(queryString({ q: undefined })).toBe("");
  expect(queryString()).toBe("");
});

test("whatever was thrown becomes a sentence", () => {
  expect(sentenceOf(new Error("no"))).toBe("no");
  expect(sentenceOf("odd")).toBe("odd");
});
