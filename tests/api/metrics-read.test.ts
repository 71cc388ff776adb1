import { beforeAll, describe, expect, test } from "vitest";
import * as metricRoute from "@/app/api/v1/runs/[run_id]/metrics/[key]/route";
import * as seriesRoute from "@/app/api/v1/series/route";
import { readMetric, readSeveral } from "@/lib/contracts/endpoints/metrics";
import { SeriesResponse } from "@/lib/contracts/metrics";
import { call, type Input, ok, freshDatabase } from "@/tests/support/api";
import { refusedFields } from "@/tests/support/problem";
import { createRun, log, logValues, mint, readRaw, readSeries } from "@/tests/support/seed";

freshDatabase();

const read = (run_id: string, key: string, query: Input["query"]) =>
  call(metricRoute.GET, readMetric, { params: { run_id, key }, query });
const series = (body: object) => call(seriesRoute.POST, readSeveral, { body });

describe("level boundaries", () => {
  const LENGTHS = [1, 2, 63, 64, 65, 255, 256, 257, 1023, 1024, 1025, 4097];
  let run: string;

  beforeAll(async () => {
    run = (await createRun()).id;
    for (const length of LENGTHS)
      await logValues(
        run,
        `m${length}`,
        Array.from({ length }, (_, i) => (i * 7) % 13),
      );
  });

  test.each(LENGTHS)(
    "a series of %i steps has every step in exactly one bucket, at any resolution",
    async (length) => {
      for (const buckets of [1, 2, 3, 16, 63, 64, 65, 1000]) {
        const { level, points } = await readSeries(run, `m${length}`, { buckets });
        expect(points.length).toBe(Math.ceil(length / 2 ** level));
        expect(points.length).toBeLessThanOrEqual(buckets);
        if (level > 0) expect(Math.ceil(length / 2 ** (level - 1))).toBeGreaterThan(buckets);
        expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(length);
        expect(points.map(({ step }) => step)).toEqual(
          points.map((_, i) => Math.min(length, (i + 1) * 2 ** level) - 1),
        );
      }
    },
  );

  test("a window holds its steps and no other, both ends included", async () => {
    for (const [from, to] of [
      [0, 0],
      [63, 64],
      [100, 1000],
      [1, 4095],
      [4096, 4096],
      [64, 127],
      [1023, 3000],
    ] as const) {
      for (const buckets of [1, 5, 4000]) {
        const { points } = await readSeries(run, "m4097", { from, to, buckets });
        expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(to - from + 1);
        expect(points.at(-1)?.step).toBe(to);
        const values = Array.from({ length: to - from + 1 }, (_, i) => ((from + i) * 7) % 13);
        expect(Math.min(...points.map(({ min }) => min!))).toBe(Math.min(...values));
        expect(Math.max(...points.map(({ max }) => max!))).toBe(Math.max(...values));
      }
    }
  });

  test("a window beyond the series, or the wrong way round, is empty", async () => {
    expect((await readSeries(run, "m64", { from: 64 })).points).toEqual([]);
    expect((await readSeries(run, "m64", { from: 10, to: 5 })).points).toEqual([]);
    expect((await readSeries(run, "m64", { to: Number.MAX_SAFE_INTEGER, buckets: 1 })).points).toMatchObject([
      { count: 64 },
    ]);
  });
});

describe("other coordinates", () => {
  let run: string;

  beforeAll(async () => {
    run = (await createRun()).id;
    await log(run, {
      points: Array.from({ length: 8 }, (_, step) => ({
        step,
        time: 1_000_000 + step * 0.5,
        ...(step < 6 ? { epoch: step / 4 } : {}),
        metrics: { loss: 8 - step, lr: step < 4 ? 0.5 : 0.25 },
      })),
    });
    await log(run, { points: [{ step: 12, time: 1_000_010, metrics: { loss: 0 } }] });
  });

  test.each([
    ["step", [0, 1, 2, 3, 4, 5, 6, 7, 12]],
    ["epoch", [0, 0.25, 0.5, 0.75, 1, 1.25, null, null, null]],
    [
      "time",
      [
        1_000_000, 1_000_000.5, 1_000_001, 1_000_001.5, 1_000_002, 1_000_002.5, 1_000_003, 1_000_003.5,
        1_000_010,
      ],
    ],
    ["relative", [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 10]],
    ["lr_sum", [0.5, 1, 1.5, 2, 2.25, 2.5, 2.75, 3, 3]],
  ])("x=%s", async (x, want) => {
    expect((await readSeries(run, "loss", { x })).points.map((point) => point.x)).toEqual(want);
  });

  test.each([
    ["metric:lr", [0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25]],
    ["metric:loss", [8, 7, 6, 5, 4, 3, 2, 1, 0]],
  ])("x=%s is that metric's latest value at or before the point", async (x, want) => {
    expect((await readSeries(run, "loss", { x })).points.map((point) => point.x)).toEqual(want);
  });

  test("a window's first points take the metric on x from before the window; before its first value there is no x", async () => {
    const { id } = await createRun();
    await logValues(id, "loss", [9, 8, 7, 6, 5]);
    await log(id, {
      points: [
        { step: 1, metrics: { acc: 0.5 } },
        { step: 4, metrics: { acc: "NaN" } },
      ],
    });
    const xs = async (query: Input["query"]) =>
      (await readSeries(id, "loss", { x: "metric:acc", ...query })).points.map(({ x }) => x);
    expect(await xs({})).toEqual([null, 0.5, 0.5, 0.5, null]);
    expect(await xs({ from: 2, to: 3 })).toEqual([0.5, 0.5]);
  });

  test("in buckets of many steps the two metrics meet within the bucket", async () => {
    const { id } = await createRun();
    await logValues(
      id,
      "loss",
      Array.from({ length: 640 }, (_, i) => i),
    );
    await logValues(
      id,
      "twice",
      Array.from({ length: 640 }, (_, i) => 2 * i),
    );
    const { points, level } = await readSeries(id, "loss", { x: "metric:twice", buckets: 10 });
    expect(level).toBe(6);
    expect(points.map(({ x, step }) => x === 2 * step)).toEqual(Array.from({ length: 10 }, () => true));
  });

  test("samples are steps times the batch size of the configuration", async () => {
    const { id } = await createRun({ config: { data: { batch_size: 32 } } });
    await logValues(id, "loss", [3, 2, 1]);
    expect((await readSeries(id, "loss", { x: "samples" })).points.map(({ x }) => x)).toEqual([0, 32, 64]);
    expect(await read(run, "loss", { x: "samples" })).toMatchProblem(404, "not_found");
  });

  test("a metric that the run does not have is refused as x", async () => {
    expect(await read(run, "loss", { x: "metric:nothing" })).toMatchProblem(404, "not_found");
  });

  test("several runs: one without the coordinate has points without x, and the others are drawn", async () => {
    const { id } = await createRun();
    await logValues(id, "loss", [1]);
    const { body } = await series({ runs: [id, run], keys: ["loss"], x: "lr_sum", to: 0 });
    expect(SeriesResponse.parse(body).series.map(({ points }) => points.map(({ x }) => x))).toEqual([
      [null],
      [0.5],
    ]);
  });

  test("lr_sum needs an LR, and one too large for a double leaves no coordinate", async () => {
    const { id } = await createRun();
    await logValues(id, "loss", [1, 2]);
    expect(await read(id, "loss", { x: "lr_sum" })).toMatchProblem(404, "not_found");
    await logValues(id, "lr", [1.7e308, 1.7e308]);
    expect((await readSeries(id, "loss", { x: "lr_sum" })).points.map(({ x }) => x)).toEqual([1.7e308, null]);
  });
});

describe("raw", () => {
  test("pages hold each observation once, within the window", async () => {
    const { id } = await createRun();
    await logValues(
      id,
      "x",
      Array.from({ length: 25 }, (_, i) => i),
    );
    expect((await readRaw(id, "x", { limit: 7 })).map(({ step }) => step)).toEqual(
      Array.from({ length: 25 }, (_, i) => i),
    );
    expect((await readRaw(id, "x", { from: 5, to: 9, limit: 2 })).map(({ step }) => step)).toEqual([
      5, 6, 7, 8, 9,
    ]);
  });

  test.each([
    ["x"],
    [Buffer.from("[1,2,3]").toString("base64url")],
    [Buffer.from("[0,0,0,1e10]").toString("base64url")],
    [Buffer.from("[-1,0,0,0]").toString("base64url")],
  ])("cursor %s is refused", async (cursor) => {
    const { id } = await createRun();
    await logValues(id, "x", [1]);
    const answer = await read(id, "x", { raw: 1, cursor });
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)).toEqual(["cursor"]);
  });
});

describe("refusals", () => {
  test.each([
    [{ buckets: 0 }, "buckets"],
    [{ buckets: 4001 }, "buckets"],
    [{ from: -1 }, "from"],
    [{ to: 1.5 }, "to"],
    [{ to: 2 ** 53 }, "to"],
    [{ x: "wall" }, "x"],
    [{ x: "metric:" }, "x"],
    [{ x: "metric:a\u0000b" }, "x"],
    [{ raw: 2 }, "raw"],
    [{ width: 3 }, "width"],
  ])("%j", async (query, field) => {
    const { id } = await createRun();
    const answer = await read(id, "x", query);
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)).toEqual([field]);
  });

  test("an unknown metric or run", async () => {
    const { id } = await createRun();
    expect(await read(id, "nothing", {})).toMatchProblem(404, "not_found");
    expect(await read("nobody", "x", {})).toMatchProblem(404, "not_found");
    expect(await read(id, "nul\u0000", {})).toMatchProblem(422, "invalid_parameters");
  });
});

describe("several runs in one request", () => {
  test("share a grid or keep their own, come in the order asked for, and are left out where there is nothing", async () => {
    const [short, long] = [await createRun(), await createRun({ id: mint("long") })];
    await logValues(short.id, "a", [1, 2, 3]);
    await logValues(long.id, "b", [9]);
    await logValues(
      long.id,
      "a",
      Array.from({ length: 100 }, (_, i) => i),
    );
    const asked = { runs: [long.id, short.id, "nobody"], keys: ["b", "a"], buckets: 10 };
    const { body } = await series(asked);
    expect(body.series.map(({ run_id, key, level }) => [run_id, key, level])).toEqual([
      [long.id, "a", 4],
      [long.id, "b", 4],
      [short.id, "a", 4],
    ]);
    expect(body.series[0]).toEqual({ run_id: long.id, ...(await readSeries(long.id, "a", { buckets: 10 })) });
    const own = (await series({ ...asked, grid: "own" })).body.series;
    expect(own.map(({ level }) => level)).toEqual([4, 4, 0]);
    expect(own[2]).toEqual({ run_id: short.id, ...(await readSeries(short.id, "a", { buckets: 10 })) });
    const cut = await series({ runs: [long.id], keys: ["a"], from: 10, to: 19 });
    expect(SeriesResponse.parse(cut.body).series[0]?.points.map(({ step }) => step)).toEqual([
      10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
    ]);
    expect(
      (await ok(seriesRoute.POST, readSeveral, { body: { runs: ["nobody"], keys: ["a"] } })).series,
    ).toEqual([]);
  });

  test.each<[object, string[]]>([
    [{ runs: [], keys: ["a"] }, ["runs"]],
    [{ runs: ["r"], keys: [] }, ["keys"]],
    [{ runs: Array(201).fill("r"), keys: ["a"] }, ["runs"]],
    [{ runs: ["a/b"], keys: ["a", ""] }, ["runs[0]", "keys[1]"]],
    [{ runs: ["r"], keys: ["a"], buckets: 0.5 }, ["buckets"]],
    [{ keys: ["a"], run: "r" }, ["runs", "run"]],
  ])("%j is refused", async (body, fields) => {
    const answer = await series(body);
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)).toEqual(fields);
  });
});
