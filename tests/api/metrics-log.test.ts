import { describe, expect, onTestFinished, test, vi } from "vitest";
import * as metricsRoute from "@/app/api/v1/runs/[run_id]/metrics/route";
import { logMetrics } from "@/lib/contracts/endpoints/metrics";
import { ok, freshDatabase } from "@/tests/support/api";
import {
  type LogBody,
  createRun,
  finish,
  getRun,
  log,
  logValues,
  metricsOf,
  readRaw,
  readSeries,
} from "@/tests/support/seed";

freshDatabase();

type LogPolicies = NonNullable<Parameters<typeof createRun>[0]>["plateau"];

const ndjson = (run_id: string, lines: readonly string[]) =>
  ok(metricsRoute.POST, logMetrics, {
    params: { run_id },
    body: lines.join("\n"),
    headers: { "content-type": "application/x-ndjson; charset=utf-8" },
  });

test("the reply tells whether a policy applies what it finds", async () => {
  const rule = { metric: "loss", detector: "torch" } as const;
  const applies = async (plateau: LogPolicies) => {
    const run = await createRun({ plateau });
    return (await log(run.id, { points: [{ step: 0, metrics: { acc: 1 } }] })).applies;
  };
  expect(await applies([])).toBe(false);
  expect(await applies([{ ...rule, action: "recommend" }])).toBe(false);
  expect(await applies([rule, { ...rule, patience: 3, action: "apply" }])).toBe(true);
});

describe("retries", () => {
  test("a batch id makes a retry free, and the reply tells", async () => {
    const run = await createRun();
    const points: LogBody["points"] = [
      { step: 0, metrics: { loss: 1, acc: 0.5 } },
      { step: 1, metrics: { loss: 0.9 } },
    ];
    const first = await log(run.id, { batch_id: "b1", points });
    expect(first).toEqual({
      accepted: 2,
      duplicates: 0,
      last_step: 1,
      control: [],
      applies: false,
      warnings: [],
    });
    expect(await log(run.id, { batch_id: "b1", points })).toMatchObject({
      accepted: 0,
      duplicates: 2,
      last_step: 1,
    });
    expect(await metricsOf(run.id)).toMatchObject([
      { key: "acc", count: 1 },
      { key: "loss", count: 2, last: 0.9 },
    ]);
  });

  test("a batch id belongs to its run", async () => {
    const [one, two] = [await createRun(), await createRun()];
    const body = { batch_id: "b1", points: [{ step: 0, metrics: { loss: 1 } }] };
    await log(one.id, body);
    expect((await log(two.id, body)).accepted).toBe(1);
  });

  test("points with a time are stored once however often and in whatever batches they come", async () => {
    const run = await createRun();
    await logValues(run.id, "loss", [3, 2, 1]);
    expect(await logValues(run.id, "loss", [3, 2, 1, 0.5])).toMatchObject({ accepted: 1, duplicates: 3 });
    expect((await readRaw(run.id, "loss")).map(({ value }) => value)).toEqual([3, 2, 1, 0.5]);
  });

  test("points without a time are told apart by step and value", async () => {
    const run = await createRun();
    const points = [3, 2, 1].map((loss, step) => ({ step, metrics: { loss } }));
    await log(run.id, { points });
    expect(await log(run.id, { points })).toMatchObject({ accepted: 0, duplicates: 3 });
    expect(await readRaw(run.id, "loss")).toHaveLength(3);
  });

  test("within a batch an untimed repeat is one observation, and the last new value counts", async () => {
    const run = await createRun();
    const points = [1, 2, 1].map((loss) => ({ step: 5, metrics: { loss } }));
    expect(await log(run.id, { points })).toMatchObject({ accepted: 2, duplicates: 1 });
    expect((await readRaw(run.id, "loss")).map(({ value }) => value)).toEqual([1, 2]);
    expect((await readSeries(run.id, "loss")).points).toMatchObject([{ last: 2, count: 1 }]);
    expect((await getRun(run.id)).summary.loss).toMatchObject({ last: 2, min: 2, max: 2 });
  });
});

describe("several values at one step", () => {
  test("both are kept; charts and figures use the latest by time", async () => {
    const run = await createRun();
    await log(run.id, { points: [{ step: 7, time: 100, metrics: { loss: 5 } }] });
    await log(run.id, { points: [{ step: 7, time: 200, metrics: { loss: 4 } }] });
    await log(run.id, { points: [{ step: 7, time: 150, metrics: { loss: 9 } }] });
    expect(await readRaw(run.id, "loss")).toMatchObject([
      { time: 100, value: 5 },
      { time: 150, value: 9 },
      { time: 200, value: 4 },
    ]);
    expect((await readSeries(run.id, "loss")).points).toMatchObject([
      { step: 7, last: 4, min: 4, max: 4, count: 1 },
    ]);
    expect(await metricsOf(run.id)).toMatchObject([{ count: 3, min: 4, max: 4, last: 4 }]);
  });

  test("of untimed corrections within a millisecond the one that came last counts", async () => {
    const run = await createRun();
    vi.useFakeTimers({ toFake: ["Date"], now: 2_000_000_000_000 });
    onTestFinished(() => void vi.useRealTimers());
    for (const loss of [9, 8, 7, 6, 5, 4]) await log(run.id, { points: [{ step: 3, metrics: { loss } }] });
    expect((await readSeries(run.id, "loss")).points).toMatchObject([{ last: 4 }]);
    expect(await readRaw(run.id, "loss")).toHaveLength(6);
  });

  test.each([
    [["NaN", 5], 5],
    [["Infinity", 5], 5],
    [["-Infinity", -1], "-Infinity"],
    [[-3, "Infinity", -1], "Infinity"],
  ] as const)(
    "at the same time too, %j: storage order decides, in one batch or in several",
    async (values, last) => {
      for (const batches of [[[0, 1, 2]], [[2], [1], [0]]]) {
        const run = await createRun();
        for (const batch of batches) {
          const points = batch.flatMap((i) => {
            const loss = values[i];
            return loss === undefined ? [] : [{ step: 1, time: 10, metrics: { loss } }];
          });
          if (points.length > 0) await log(run.id, { points });
        }
        expect((await readSeries(run.id, "loss")).points).toMatchObject([{ step: 1, last, count: 1 }]);
        expect((await getRun(run.id)).summary.loss?.last).toBe(last);
        expect((await readRaw(run.id, "loss")).at(-1)?.value).toBe(last);
      }
    },
  );
});

describe("numbers", () => {
  const EXTREME = [
    5e-324,
    1e-308,
    2.2250738585072014e-308,
    1.7e308,
    -1.7976931348623157e308,
    0.1 + 0.2,
    -1e-300,
    9007199254740992,
    1e21,
    123456789.12345679,
  ];

  test("doubles come back bit for bit", async () => {
    const run = await createRun();
    await logValues(run.id, "x", EXTREME);
    expect((await readRaw(run.id, "x")).map(({ value }) => value)).toEqual(EXTREME);
    const { points } = await readSeries(run.id, "x");
    expect(points.map(({ last, min, max, mean }) => [last, min, max, mean])).toEqual(
      EXTREME.map((v) => [v, v, v, v]),
    );
    expect(await metricsOf(run.id)).toMatchObject([{ min: -1.7976931348623157e308, max: 1.7e308 }]);
  });

  test("-0 is 0", async () => {
    const run = await createRun();
    await ndjson(run.id, [
      '{"step":-0,"time":1,"metrics":{"x":-0}}',
      '{"step":0,"time":1,"metrics":{"x":0}}',
    ]);
    const [only, ...others] = await readRaw(run.id, "x");
    expect(others).toEqual([]);
    expect(only).toEqual({ step: 0, time: 1, epoch: null, value: 0 });
  });

  test("a bucket whose sum is beyond a double still has a mean between its extremes", async () => {
    const run = await createRun();
    await logValues(run.id, "x", [1.7e308, 1.7e308, 1.6e308, 1.7e308]);
    const { points } = await readSeries(run.id, "x", { buckets: 1 });
    expect(points).toMatchObject([{ count: 4, min: 1.6e308, max: 1.7e308 }]);
    expect(points[0]?.mean).toBeGreaterThanOrEqual(1.6e308);
    expect(points[0]?.mean).toBeLessThanOrEqual(1.7e308);
  });

  test("NaN and the infinities are kept, counted and shown", async () => {
    const run = await createRun();
    const values = [1, NaN, Infinity, -Infinity, NaN, 2];
    await log(run.id, {
      points: values.map((value, step) => ({
        step,
        time: step,
        metrics: { x: Number.isFinite(value) ? value : (`${value}` as "NaN") },
      })),
    });
    expect((await readRaw(run.id, "x")).map(({ value }) => value)).toEqual([
      1,
      "NaN",
      "Infinity",
      "-Infinity",
      "NaN",
      2,
    ]);
    expect(await metricsOf(run.id)).toMatchObject([
      { count: 6, nan: 2, pos_inf: 1, neg_inf: 1, min: 1, max: 2, min_step: 0, max_step: 5, last: 2 },
    ]);
    const { points } = await readSeries(run.id, "x", { buckets: 1 });
    expect(points).toMatchObject([
      { count: 6, min: 1, max: 2, mean: 1.5, last: 2, nonfinite: ["NaN", "Infinity", "-Infinity"] },
    ]);
  });

  test("a metric that was never finite has no extremes", async () => {
    const run = await createRun();
    await log(run.id, { points: [{ step: 4, metrics: { x: "NaN" } }] });
    expect(await metricsOf(run.id)).toMatchObject([{ min: null, max: null, min_step: null, last: "NaN" }]);
    expect((await readSeries(run.id, "x")).points).toMatchObject([
      { min: null, max: null, mean: null, last: "NaN" },
    ]);
    expect((await getRun(run.id)).summary.x).toEqual({ last: "NaN", min: null, max: null, step: 4 });
  });

  test.each([
    ["milliseconds", 1e3],
    ["microseconds", 1e6],
    ["nanoseconds", 1e9],
  ])("times in %s are stored as seconds, with a warning", async (unit, factor) => {
    const run = await createRun();
    const { warnings } = await log(run.id, {
      points: [10, 20].map((time, step) => ({
        step,
        time: (1_796_083_200 + time) * factor,
        metrics: { x: step },
      })),
    });
    expect(warnings).toEqual([expect.stringContaining(`${unit} were sent`)]);
    expect((await readRaw(run.id, "x")).map(({ time }) => time)).toEqual([1_796_083_210, 1_796_083_220]);
  });

  test("steps reach 2^53 - 1, epochs and times keep their fractions", async () => {
    const run = await createRun();
    const last = Number.MAX_SAFE_INTEGER;
    await log(run.id, {
      points: [
        { step: 0, epoch: 0.25, time: 0.125, metrics: { x: 1 } },
        { step: last, epoch: 1e9, time: 253402300799, metrics: { x: 2 } },
      ],
    });
    await log(run.id, { points: [{ step: 2 ** 40 + 1, time: 1.5, metrics: { x: 3 } }] });
    expect(await readRaw(run.id, "x")).toEqual([
      { step: 0, epoch: 0.25, time: 0.125, value: 1 },
      { step: 2 ** 40 + 1, epoch: null, time: 1.5, value: 3 },
      { step: last, epoch: 1e9, time: 253402300799, value: 2 },
    ]);
    const { level, points } = await readSeries(run.id, "x", { buckets: 2 });
    expect(level).toBe(52);
    expect(points.map(({ step, last: value, count }) => [step, value, count])).toEqual([
      [2 ** 40 + 1, 3, 2],
      [last, 2, 1],
    ]);
    expect((await getRun(run.id)).last_step).toBe(last);
  });
});

describe("order and form", () => {
  test("late and corrected points end where one ordered batch would", async () => {
    const [late, ordered] = [await createRun(), await createRun()];
    const points = Array.from({ length: 300 }, (_, step) => ({
      step,
      time: 1000 + step,
      metrics: { x: Math.sin(step) },
    }));
    await log(late.id, { points: points.slice(200) });
    await log(late.id, { points: [...points.slice(0, 100)].reverse() });
    await log(late.id, { points: points.slice(50, 250) });
    const correction = [{ step: 150, time: 5000, metrics: { x: -7 } }];
    await log(late.id, { points: correction });
    await log(ordered.id, { points: [...points, ...correction] });
    expect(await readSeries(late.id, "x", { buckets: 4 })).toMatchObject(
      (await readSeries(ordered.id, "x", { buckets: 4 })) as object,
    );
    expect(await metricsOf(late.id)).toEqual(await metricsOf(ordered.id));
    expect(await metricsOf(late.id)).toMatchObject([{ count: 301, min: -7, min_step: 150 }]);
  });

  test("a point a line, with blank lines between", async () => {
    const run = await createRun();
    const reply = await ndjson(run.id, [
      '{"step":0,"metrics":{"loss":2}}',
      "",
      '{"step":1,"metrics":{"loss":"NaN","acc":0.1}}',
      "",
    ]);
    expect(reply).toMatchObject({ accepted: 2, last_step: 1 });
    expect((await readRaw(run.id, "loss")).map(({ value }) => value)).toEqual([2, "NaN"]);
  });

  test("any key that a framework uses can be logged and read", async () => {
    const run = await createRun();
    const keys = [
      "train/loss",
      "acc@5 (%)",
      "損失",
      "a,b",
      "100%",
      "x?y#z",
      "lr-Adam/pg1",
      "constructor",
      "toString",
    ];
    await log(run.id, { points: [{ step: 0, metrics: Object.fromEntries(keys.map((key, i) => [key, i])) }] });
    for (const [i, key] of keys.entries())
      expect((await readSeries(run.id, key)).points).toMatchObject([{ last: i }]);
    expect((await metricsOf(run.id)).map(({ key }) => key).sort()).toEqual([...keys].sort());
  });

  test("an empty batch stores nothing and still answers", async () => {
    const run = await createRun();
    expect(await log(run.id, { points: [] })).toMatchObject({ accepted: 0, duplicates: 0, last_step: null });
  });
});

describe("clocks", () => {
  test("the run starts with its first point and remembers when it was logged to", async () => {
    const run = await createRun();
    expect(run.last_logged_at).toBeNull();
    await log(run.id, { points: [{ step: 0, time: 1_700_000_000.5, metrics: { x: 1 } }] });
    const after = await getRun(run.id);
    expect(after.started_at).toBe("2023-11-14T22:13:20.500Z");
    expect(Date.parse(after.last_logged_at ?? "")).toBeGreaterThanOrEqual(Date.parse(run.created_at));
    expect((await readSeries(run.id, "x", { x: "relative" })).points).toMatchObject([{ x: 0 }]);
  });

  test("a run that may be resumed takes points after its end, and says so", async () => {
    const run = await createRun({ id: "resumable", resume: "allow" });
    await finish(run.id);
    const reply = await log(run.id, { points: [{ step: 0, metrics: { x: 1 } }] });
    expect(reply).toMatchObject({ accepted: 1, warnings: [expect.stringContaining("finished")] });
    expect((await getRun(run.id)).status).toBe("finished");
  });
});
