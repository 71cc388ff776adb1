import { describe, expect, test } from "vitest";
import { z } from "zod";
import { MetricKey } from "@/lib/contracts/common";
import { DeclaredScheduleSchema } from "@/lib/contracts/schedules";
import { CursorTime, decodeCursor, encodeCursor, toPage } from "@/lib/server/http/cursor";
import { guardOrigin, isAllowedHost } from "@/lib/server/http/guard";
import { problemAnswer } from "@/lib/server/http/problem-answer";
import { fromWeb, toWeb } from "@/lib/server/http/wire";
import { readBody } from "@/lib/server/http/read-body";
import { pathText, queryObject, validate } from "@/lib/server/http/validate";
import { conflict, ServiceError } from "@/lib/server/errors";

process.env.LRSCOPE_LOG = "silent";

const refusal = (code: string, fields?: string[]) =>
  expect.objectContaining({
    code,
    ...(fields ? { invalidParams: fields.map((name) => expect.objectContaining({ name })) } : {}),
  });

describe("paths of fields", () => {
  test.each([
    [["points", 3, "step"], "points[3].step"],
    [["points", 0, "metrics", "val/loss"], "points[0].metrics.val/loss"],
    [["config", "a b"], 'config["a b"]'],
    [[0, "x"], "[0].x"],
    [[], ""],
  ])("%j", (path, text) => expect(pathText(path)).toBe(text));
});

describe("validation", () => {
  const schema = z.strictObject({ a: z.number(), metrics: z.record(MetricKey, z.number()).optional() });

  test("names unknown fields, wrong ones and bad keys", () => {
    expect(() => validate(schema, { a: "x", b: 1 })).toThrow(refusal("invalid_parameters", ["a", "b"]));
    expect(() => validate(schema, { a: 1, metrics: { " x": 1 } })).toThrow(/no blank at the ends/);
    expect(() => validate(schema, null)).toThrow(refusal("invalid_parameters", ["body"]));
  });

  test("up to three wrong fields stand in the sentence", () => {
    const schedule = { schedule: { kind: "constant", peak: 0.1 } };
    expect(() => validate(z.object({ schedule: DeclaredScheduleSchema }), schedule)).toThrow(
      /^schedule\.value: [^;]+; schedule\.peak: there is no such field$/,
    );
    expect(() => validate(schema, { a: 1, b: 1, c: 1, d: 1, e: 1 })).toThrow(
      /^b: [^;]+; c: [^;]+; d: [^;]+, and 1 more$/,
    );
  });

  test("a query parameter counts once", () => {
    expect(queryObject(new URLSearchParams("a=1&b=2"))).toEqual({ a: "1", b: "2" });
    expect(() => queryObject(new URLSearchParams("a=1&a=1"))).toThrow(refusal("invalid_parameters", ["a"]));
  });
});

describe("bodies", () => {
  const post = (body: BodyInit, type: string) =>
    fromWeb(new Request("http://localhost/", { method: "POST", body, headers: { "content-type": type } }));

  test("are JSON, or lines of it where the route takes them", async () => {
    expect(await readBody(post('{"a":1}', "Application/JSON; charset=utf-8"), 100)).toEqual({ a: 1 });
    expect(await readBody(post('{"a":1}\r\n\n{"a":2}', "application/x-ndjson"), 100, "rows")).toEqual({
      rows: [{ a: 1 }, { a: 2 }],
    });
    await expect(readBody(post("{}", "application/x-ndjson"), 100)).rejects.toThrow(
      refusal("unsupported_media_type"),
    );
  });

  test("are cut off at their limit, counted in bytes", async () => {
    expect(await readBody(post('"ääää"', "application/json"), 10)).toBe("ääää");
    await expect(readBody(post('"ääää"', "application/json"), 9)).rejects.toThrow(
      refusal("payload_too_large"),
    );
  });

  test.each([
    ['{"name": "\\ud800"}', ["name"]],
    ['{"config": {"a": [1, "x\\uDFFFy"]}}', ["config.a[1]"]],
    ['{"config": {"\\udbffx": 1}}', ['config["\\udbffx"]']],
    ['"\\ud83d"', ["body"]],
  ])("half of a surrogate pair is named with its place: %s", async (body, fields) => {
    await expect(readBody(post(body, "application/json"), 100)).rejects.toThrow(
      refusal("invalid_parameters", fields),
    );
  });

  test("a whole pair, and the escape of an escape, are text like other", async () => {
    expect(await readBody(post('["\\ud83d\\ude00", "\\\\ud800"]', "application/json"), 100)).toEqual([
      "😀",
      "\\ud800",
    ]);
  });

  test("a bare NaN is named with its place; the word in a string is not", async () => {
    await expect(readBody(post('{"a": NaN}', "application/json"), 100)).rejects.toThrow(
      /JSON has no NaN \(at character \d+\).*"NaN"/,
    );
    expect(await readBody(post('{"a":"x: NaN, y"}', "application/json"), 100)).toEqual({ a: "x: NaN, y" });
  });
});

describe("cursors", () => {
  const Key = z.tuple([CursorTime, z.string()]);

  test("come back as they were given, and no other is taken", () => {
    const key = ["2026-11-23T20:00:00.000Z", "id"];
    expect(decodeCursor(Key, encodeCursor(key))).toEqual(key);
    expect(decodeCursor(Key, undefined)).toBeNull();
    for (const cursor of [
      "",
      "x",
      encodeCursor(["2026-11-23T20:00:00.000Z"]),
      encodeCursor(["0000-01-01T00:00:00Z", "id"]),
    ]) {
      expect(() => decodeCursor(Key, cursor)).toThrow(refusal("invalid_parameters", ["cursor"]));
    }
  });

  test("a page has a next one only when there was a row more", () => {
    const page = (rows: number[]) =>
      toPage(
        rows,
        2,
        (row) => [row],
        (row) => row * 10,
      );
    expect(page([1, 2, 3])).toEqual({ items: [10, 20], next_cursor: encodeCursor([2]) });
    expect(page([1, 2])).toEqual({ items: [10, 20], next_cursor: null });
    expect(page([])).toEqual({ items: [], next_cursor: null });
  });
});

describe("the guard", () => {
  test.each(["localhost", "LOCALHOST:3000", "127.0.0.1:80", "[::1]:3000"])("goes by %s", (host) =>
    expect(isAllowedHost(host)).toBe(true),
  );
  test.each([null, "", "localhost.evil", "127.0.0.1.evil:3000", "0.0.0.0", "evil@localhost:", "[::2]"])(
    "not by %s",
    (host) => expect(isAllowedHost(host)).toBe(false),
  );

  test("wants the Origin to be the Host", () => {
    const headers = (origin: string) => new Headers({ host: "localhost:3000", origin });
    expect(() => guardOrigin(headers("http://localhost:3000"))).not.toThrow();
    for (const origin of ["http://localhost", "http://127.0.0.1:3000", "null", "x"]) {
      expect(() => guardOrigin(headers(origin))).toThrow(refusal("forbidden"));
    }
  });
});

describe("problems", () => {
  const answer = async (error: unknown) => {
    const response = toWeb(problemAnswer(error, "r1"));
    return {
      status: response.status,
      retry: response.headers.get("retry-after"),
      body: (await response.json()) as { code: string; detail: string },
    };
  };

  test("a refusal of ours tells why", async () => {
    expect(await answer(conflict("taken"))).toMatchObject({
      status: 409,
      retry: null,
      body: { code: "conflict", detail: "taken" },
    });
    expect(await answer(new ServiceError("payload_too_large", "big"))).toMatchObject({ status: 413 });
  });

  test.each([
    "SQLITE_FULL: database or disk is full",
    "database is locked",
    "connect ECONNREFUSED 127.0.0.1:5432",
    "SQLITE_READONLY: attempt to write a readonly database",
    "connect ENOENT /run/postgresql/.s.PGSQL.5432",
    "the database system is starting up",
    'database "lrscope" is not currently accepting connections',
    "Client has encountered a connection error and is not queryable",
    "could not extend file: No space left on device",
  ])("%s: come back later", async (message) =>
    expect(await answer(new Error(message))).toMatchObject({
      status: 503,
      retry: "2",
      body: { code: "unavailable" },
    }),
  );

  test("anything else says nothing of the inside", async () => {
    for (const error of [new Error("secret at /home"), "secret", null]) {
      const { status, body } = await answer(error);
      expect([status, body.code]).toEqual([500, "internal"]);
      expect(JSON.stringify(body)).not.toContain("secret");
    }
  });
});
