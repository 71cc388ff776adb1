import { describe, expect, test } from "vitest";
import { presentApi } from "@/lib/presenters/docs/api-reference";
import { callExamples, pythonLiteral } from "@/lib/presenters/docs/call-examples";
import { findOperations, listOperations } from "@/lib/presenters/docs/find-operations";
import { exampleOf } from "@/lib/presenters/docs/schema-example";
import { schemaFields, typeText } from "@/lib/presenters/docs/schema-fields";
import type { JsonSchema } from "@/lib/presenters/docs/json-schema";

describe("types in words", () => {
  test.each<[JsonSchema, string]>([
    [{ type: "string" }, "string"],
    [{ type: "integer", minimum: 1, maximum: 200 }, "integer 1 … 200"],
    [{ type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, "integer ≥ 0"],
    [{ type: "number", exclusiveMinimum: 0, maximum: 1000 }, "number > 0, ≤ 1000"],
    [{ enum: ["min", "max"], type: "string" }, '"min" | "max"'],
    [{ const: "step" }, '"step"'],
    [{ anyOf: [{ type: "string" }, { type: "null" }] }, "string | null"],
    [{ type: "array", items: { $ref: "#/components/schemas/Point" }, maxItems: 10 }, "Point[] ≤ 10"],
    [{ type: "array", items: { type: "number", minimum: 0 } }, "(number ≥ 0)[]"],
    [{ type: "object", additionalProperties: { type: "number" } }, "{ [key]: number }"],
    [{ type: "string", format: "date-time" }, "ISO 8601 time"],
    [{ $ref: "#/components/schemas/__schema0" }, "object"],
    [{}, "any"],
  ])("%j is %s", (schema, text) => expect(typeText(schema)).toBe(text));
});

const POINT: JsonSchema = {
  type: "object",
  required: ["step", "metrics"],
  properties: {
    step: { type: "integer", minimum: 0 },
    metrics: { type: "object", additionalProperties: { type: "number" } },
  },
};
const TREE: JsonSchema = {
  type: "object",
  required: ["value"],
  properties: {
    value: { type: "number" },
    parts: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
  },
};
const DEFINITIONS = { Point: POINT, Tree: TREE };

test("an array's fields stand under it, and a schema within itself ends", () => {
  const body: JsonSchema = {
    type: "object",
    required: ["points"],
    properties: { points: { type: "array", items: { $ref: "#/components/schemas/Point" } } },
  };
  expect(schemaFields(body, DEFINITIONS).map(({ name, depth, required }) => [name, depth, required])).toEqual(
    [
      ["points", 0, true],
      ["step", 1, true],
      ["metrics", 1, true],
    ],
  );
  expect(schemaFields({ $ref: "#/components/schemas/Tree" }, DEFINITIONS).map(({ name }) => name)).toEqual([
    "value",
    "parts",
  ]);
});

test("a value in Python has Python's words", () => {
  expect(pythonLiteral({ a: null, b: [true, false, 1.5], c: 'it\'s "x"' })).toBe(
    `{"a": None, "b": [True, False, 1.5], "c": "it's \\"x\\""}`,
  );
});

test("a quote in a shell's text ends and begins it again", () => {
  const [curl] = callExamples({ method: "put", url: "http://h/x", body: { a: "it's" } });
  expect(curl?.code).toContain(`-d '{"a":"it'\\''s"}'`);
});

test("an example has what is required and no more", () => {
  expect(exampleOf(POINT, DEFINITIONS)).toEqual({ step: 0, metrics: { "train/loss": 0.42, lr: 0.01 } });
  expect(exampleOf({ anyOf: [{ type: "boolean" }, { type: "null" }] }, {})).toBe(true);
});

const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "lrscope", version: "1" },
  servers: [{ url: "/api/v1" }],
  paths: {
    "/runs/{run_id}/metrics": {
      get: {
        tags: ["metrics"],
        summary: "List",
        responses: {
          200: { description: "Summaries." },
          default: {
            content: {
              "application/problem+json": {
                schema: { type: "object", properties: { code: { type: "string" } } },
              },
            },
          },
        },
      },
      post: {
        tags: ["metrics"],
        summary: "Log points",
        parameters: [{ name: "run_id", in: "path", required: true, schema: { type: "string" } }],
        requestBody: {
          content: {
            "application/json": { schema: { $ref: "#/components/schemas/Point" } },
            "application/x-ndjson": {},
          },
        },
        responses: {
          200: { description: "Stored.", content: { "application/json": { schema: { type: "integer" } } } },
        },
      },
    },
    "/projects": { get: { tags: ["projects"], responses: { 200: {} } } },
  },
  components: { schemas: { Point: POINT } },
};

describe("the reference", () => {
  const api = presentApi(DOCUMENT, "http://localhost:3000");

  test("groups by tag in the document's order, each call once", () => {
    expect(api.groups.map(({ tag, operations }) => [tag, operations.map(({ method }) => method)])).toEqual([
      ["metrics", ["GET", "POST"]],
      ["projects", ["GET"]],
    ]);
    const anchors = api.groups.flatMap(({ operations }) => operations.map(({ anchor }) => anchor));
    expect(new Set(anchors).size).toBe(anchors.length);
    expect(anchors).toContain("post-api-v1-runs-run-id-metrics");
  });

  test("shows parameters, both media types and answers", () => {
    const post = api.groups[0]?.operations[1];
    expect(post?.parameters).toMatchObject([{ name: "run_id", place: "path", required: true }]);
    expect(post?.body?.types).toEqual(["application/json", "application/x-ndjson"]);
    expect(post?.body?.fields.map(({ name }) => name)).toEqual(["step", "metrics"]);
    expect(post?.responses).toMatchObject([
      { status: "200", description: "Stored.", body: { type: "integer" } },
    ]);
  });

  test("shows a call to paste, as a command and in Python", () => {
    const [curl, python] = api.groups[0]?.operations[1]?.examples ?? [];
    expect([curl?.language, python?.language]).toEqual(["curl", "python"]);
    expect(curl?.code).toContain("curl -X POST 'http://localhost:3000/api/v1/runs/<run_id>/metrics'");
    expect(curl?.code).toContain(`-d '{"step":0,`);
    expect(python?.code).toContain(
      'requests.post("http://localhost:3000/api/v1/runs/<run_id>/metrics", json={"step": 0, "metrics": {',
    );
  });

  test("what every call answers when it fails is said once", () => {
    expect(api.failure).toMatchObject({ types: ["application/problem+json"], fields: [{ name: "code" }] });
    expect(api.groups[0]?.operations[0]?.responses.map(({ status }) => status)).toEqual(["200"]);
  });

  test("a call without a body has no data", () => {
    expect(api.groups[1]?.operations[0]?.examples.map(({ code }) => code)).toEqual([
      "curl 'http://localhost:3000/api/v1/projects'",
      'import requests\n\nanswer = requests.get("http://localhost:3000/api/v1/projects")\nanswer.raise_for_status()\nprint(answer.json())',
    ]);
  });

  test("its list has method and path, and is searched by every word, in fields too", () => {
    const list = listOperations(api);
    expect(list[0]?.operations.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /runs/{run_id}/metrics",
      "POST /runs/{run_id}/metrics",
    ]);
    const found = (search: string) =>
      findOperations(list, search).flatMap(({ operations }) => operations.map(({ anchor }) => anchor));
    expect(found("")).toHaveLength(3);
    expect(found("Log  POINTS")).toEqual(["post-api-v1-runs-run-id-metrics"]);
    expect(found("step")).toEqual(["post-api-v1-runs-run-id-metrics"]);
    expect(found("log projects")).toEqual([]);
  });
});
