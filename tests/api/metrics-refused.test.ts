import { beforeAll, describe, expect, test } from "vitest";
import * as metricsRoute from "@/app/api/v1/runs/[run_id]/metrics/route";
import * as runRoute from "@/app/api/v1/runs/[run_id]/route";
import { logMetrics } from "@/lib/contracts/endpoints/metrics";
import { deleteRun } from "@/lib/contracts/endpoints/runs";
import { MAX_BODY_BYTES, MAX_POINTS } from "@/lib/contracts/metrics";
import type { ProblemCode } from "@/lib/contracts/problem";
import { call, type Input, ok, freshDatabase } from "@/tests/support/api";
import { dump } from "@/tests/support/dump";
import { refusedFields } from "@/tests/support/problem";
import { createRun, finish, log } from "@/tests/support/seed";

freshDatabase();

const RUN = "refusing";
let before: string;

const post = (input: Input) => call(metricsRoute.POST, logMetrics, { params: { run_id: RUN }, ...input });
const point = (fields: object = {}) => ({ step: 1, metrics: { loss: 1 }, ...fields });

beforeAll(async () => {
  await createRun({ id: RUN, plateau: [{ metric: "loss", detector: "torch", patience: 1 }] });
  await log(RUN, { points: [{ step: 0, time: 1, metrics: { loss: 1, lr: 0.1 } }] });
  await createRun({ id: "over" });
  await finish("over");
  await createRun({ id: "deleted" });
  await ok(runRoute.DELETE, deleteRun, { params: { run_id: "deleted" } });
  before = await dump();
});

/** The request is refused, by name where a field is wrong, and nothing of it was stored. */
async function refused(input: Input, status: number, code: ProblemCode, fields: readonly string[] = []) {
  const answer = await post(input);
  expect(answer).toMatchProblem(status, code);
  expect(refusedFields(answer)).toEqual(fields);
  expect(await dump()).toBe(before);
  return answer.problem?.detail ?? "";
}

describe("wrong fields are named by their path, and nothing is stored", () => {
  const huge = Number.MAX_SAFE_INTEGER + 1;
  test.each<[string, object | string, string[]]>([
    ["a negative step", { points: [point(), point({ step: -1 })] }, ["points[1].step"]],
    ["a fractional step", { points: [point({ step: 1.5 })] }, ["points[0].step"]],
    ["a step beyond 2^53", { points: [point({ step: huge })] }, ["points[0].step"]],
    ["a step as text", { points: [point({ step: "1" })] }, ["points[0].step"]],
    ["no step", { points: [{ metrics: { loss: 1 } }] }, ["points[0].step"]],
    ["no metrics", { points: [{ step: 1 }] }, ["points[0].metrics"]],
    ["empty metrics", { points: [point(), point({ metrics: {} })] }, ["points[1].metrics"]],
    ["a value that is null", { points: [point({ metrics: { loss: null } })] }, ["points[0].metrics.loss"]],
    ["a value as text", { points: [point({ metrics: { loss: "nan" } })] }, ["points[0].metrics.loss"]],
    ["a nested value", { points: [point({ metrics: { "a b": { c: 1 } } })] }, ['points[0].metrics["a b"]']],
    [
      "a control character in a key",
      { points: [point({ metrics: { "a\u0000": 1 } })] },
      ['points[0].metrics["a\\u0000"]'],
    ],
    // In a text of JSON, where the name is a field like another.
    [
      "__proto__ for a key",
      '{"points":[{"step":1,"metrics":{"a":1,"__proto__":2}}]}',
      ["points[0].metrics.__proto__"],
    ],
    [
      "the same, escaped",
      '{"points":[{"step":1,"metrics":{"_\\u005fproto__":2}}]}',
      ["points[0].metrics.__proto__"],
    ],
    ["__proto__ for a field", '{"points":[],"__proto__":{"batch_id":"a"}}', ["__proto__"]],
    ["an empty key", { points: [point({ metrics: { "": 1 } })] }, ['points[0].metrics[""]']],
    ["a negative time", { points: [point({ time: -1 })] }, ["points[0].time"]],
    ["a time in no unit", { points: [point({ time: 1e21 })] }, ["points[0].time"]],
    ["a negative epoch", { points: [point({ epoch: -0.5 })] }, ["points[0].epoch"]],
    ["an unknown field of a point", { points: [point({ steps: 1 })] }, ["points[0].steps"]],
    ["an unknown field", { points: [point()], extra: 1, other: 2 }, ["extra", "other"]],
    ["no points", {}, ["points"]],
    ["points that are no list", { points: {} }, ["points"]],
    ["a batch id with a slash", { points: [point()], batch_id: "a/b" }, ["batch_id"]],
    ["an ack without outcome", { points: [point()], acks: [{ id: "x" }] }, ["acks[0].outcome"]],
    ["a list for a body", [point()], ["body"]],
  ])("%s", async (_, body, fields) => {
    await refused({ body }, 422, "invalid_parameters", fields);
  });

  test("one bad point among good ones stores none of them", async () => {
    const good = Array.from({ length: 50 }, (_, step) => ({ step: 10 + step, metrics: { loss: step } }));
    await refused({ body: { points: [...good, point({ step: -5 })] } }, 422, "invalid_parameters", [
      "points[50].step",
    ]);
  });

  test("a line of NDJSON with the key __proto__", async () => {
    const body = '{"step":1,"metrics":{"loss":1}}\n{"step":2,"metrics":{"__proto__":1}}';
    const headers = { "content-type": "application/x-ndjson" };
    await refused({ body, headers }, 422, "invalid_parameters", ["points[1].metrics.__proto__"]);
  });

  test("a number beyond a double is not taken for an infinity", async () => {
    await refused({ body: '{"points":[{"step":1,"metrics":{"loss":1e999}}]}' }, 422, "invalid_parameters", [
      "points[0].metrics.loss",
    ]);
  });

  test("of many wrong fields twenty are named and the rest counted", async () => {
    const answer = await post({ body: { points: Array.from({ length: 30 }, () => point({ step: -1 })) } });
    expect(refusedFields(answer)).toHaveLength(20);
    expect(answer.problem?.detail).toContain("and 27 more");
    expect(await dump()).toBe(before);
  });
});

describe("limits", () => {
  const many = (count: number, metrics: object) =>
    Array.from({ length: count }, (_, step) => ({ step: step + 1, metrics }));

  test("10 001 points", async () => {
    await refused({ body: { points: many(MAX_POINTS + 1, { loss: 1 }) } }, 422, "invalid_parameters", [
      "points",
    ]);
  });

  test("20 001 metrics that the run does not have yet", async () => {
    const names = (from: number, to: number) =>
      Object.fromEntries(Array.from({ length: to - from }, (_, i) => [`m${from + i}`, 1]));
    const points = [
      { step: 1, metrics: names(0, 20_000) },
      { step: 2, metrics: names(20_000, 20_001) },
    ];
    expect(await refused({ body: { points } }, 422, "invalid_parameters", ["points"])).toContain(
      "20001 metrics",
    );
  });

  test("100 001 values", async () => {
    const ten = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`m${i}`, i]));
    const points = many(10_000, ten);
    points[0]!.metrics = { ...ten, one_more: 1 };
    expect(await refused({ body: { points } }, 413, "payload_too_large")).toContain("100001 values");
  });

  test("a body of 17 MiB, whether or not it says so beforehand", async () => {
    const body = `{"points":[]${" ".repeat(17 * 1024 * 1024)}}`;
    await refused({ body }, 413, "payload_too_large");
    await refused({ body, headers: { "content-length": "20" } }, 413, "payload_too_large");
    await refused(
      { body: "{}", headers: { "content-length": String(MAX_BODY_BYTES + 1) } },
      413,
      "payload_too_large",
    );
  });

  test("a value nested a hundred thousand deep", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    for (const key of ["loss", "l\\u006fss"]) {
      const answer = await post({ body: `{"points":[{"step":1,"metrics":{"${key}":${deep}}}]}` });
      expect(answer.status).toBe(422);
    }
    expect(await dump()).toBe(before);
  });
});

describe("bodies that are no JSON", () => {
  test.each([
    ["NaN", '{"points":[{"step":1,"metrics":{"loss":NaN}}]}'],
    ["-Infinity", '{"points":[{"step":1,"metrics":{"a":1,"loss": -Infinity }}]}'],
    ["Infinity", '{"points":[{"step":1,"metrics":{"loss":Infinity,"b":2}}]}'],
  ])("a bare %s token is named, and what to send instead", async (token, body) => {
    expect(await refused({ body }, 400, "invalid_json")).toContain(`"${token}"`);
  });

  test.each([
    ["half an object", '{"points":['],
    ["nothing", ""],
    ["text", "loss=1"],
    ["two objects", "{}{}"],
  ])("%s", async (_, body) => {
    await refused({ body, headers: { "content-type": "application/json" } }, 400, "invalid_json");
  });

  test("bytes that are no UTF-8", async () => {
    const body = new Blob([new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])]);
    await refused({ body }, 400, "invalid_json");
  });

  test("a bad line of NDJSON is named by its number, and the good ones are not stored", async () => {
    const body = `${JSON.stringify(point())}\n\n{"step":2,"metrics":{"loss":NaN}}\n`;
    const detail = await refused(
      { body, headers: { "content-type": "application/x-ndjson" } },
      400,
      "invalid_json",
    );
    expect(detail).toMatch(/^line 3: .*NaN/);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])(
    "content type %j",
    async (type) => {
      await refused(
        { body: JSON.stringify({ points: [point()] }), headers: { "content-type": type } },
        415,
        "unsupported_media_type",
      );
    },
  );
});

describe("runs that take no points", () => {
  test.each(["unknown", "deleted"])("an %s run", async (run_id) => {
    await refused({ params: { run_id }, body: { points: [point()] } }, 404, "not_found");
  });

  test("an id that cannot be one", async () => {
    await refused({ params: { run_id: "a b" }, body: { points: [point()] } }, 422, "invalid_parameters", [
      "run_id",
    ]);
  });

  test("a run that is over and was not made to be resumed", async () => {
    const body = { points: [point()], batch_id: "b1" };
    expect(await refused({ params: { run_id: "over" }, body }, 409, "conflict")).toContain("resume");
  });
});
