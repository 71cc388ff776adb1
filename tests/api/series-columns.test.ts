import { beforeAll, describe, expect, test } from "vitest";
import * as seriesRoute from "@/app/api/v1/series/route";
import { pointsOf } from "@/lib/client/metrics/load-series";
import { readSeveral } from "@/lib/contracts/endpoints/metrics";
import { type SeriesPoint, SeriesResponse } from "@/lib/contracts/metrics";
import { ColumnsResponse } from "@/lib/contracts/series-columns";
import { call, freshDatabase, ok } from "@/tests/support/api";
import { refusedFields } from "@/tests/support/problem";
import { createRun, log, logValues } from "@/tests/support/seed";

freshDatabase();

const asPoints = async (body: object) =>
  SeriesResponse.parse(await ok(seriesRoute.POST, readSeveral, { body }));
const asColumns = async (body: object) =>
  ColumnsResponse.parse(await ok(seriesRoute.POST, readSeveral, { body: { ...body, format: "columns" } }));

const SHARE = 5.0000001e-5;
const noise = (i: number, seed: number) => Math.sin(i * 12.9898 + seed * 78.233);

/** All that must not differ, and how far off the rounded figures may be. */
function expectSame(got: SeriesResponse, want: SeriesResponse): void {
  const exact = ({ x, step, last, count, nonfinite }: SeriesPoint) => ({ x, step, last, count, nonfinite });
  const outline = ({ series }: SeriesResponse) =>
    series.map(({ points, ...one }) => ({ ...one, points: points.map(exact) }));
  expect(outline(got)).toEqual(outline(want));
  want.series.forEach(({ points }, at) => {
    const finite = points.flatMap(({ min, max }) => (min === null || max === null ? [] : [min, max]));
    const range = Math.max(...finite) - Math.min(...finite);
    points.forEach((point, i) => {
      for (const name of ["min", "max", "mean"] as const) {
        const [is, should] = [got.series[at]?.points[i]?.[name], point[name]];
        if (should === null) expect(is).toBeNull();
        else
          expect(Math.abs((is ?? NaN) - should)).toBeLessThanOrEqual(
            SHARE * Math.min(Math.abs(should), range),
          );
      }
    });
  });
}

describe("columns hold what points do", () => {
  let runs: string[];

  beforeAll(async () => {
    runs = await Promise.all([0, 1, 2].map(async () => (await createRun()).id));
    for (const [seed, run] of runs.entries()) {
      await log(run, {
        points: Array.from({ length: seed === 2 ? 900 : 1000 }, (_, step) => ({
          step,
          time: 1e9 + step,
          ...(step % 3 === 0 ? { epoch: step / 100 } : {}),
          metrics: {
            loss: Math.exp(-step / 200) + 0.01 * noise(step, seed),
            level: 100_000 + 1e-3 * noise(step, seed),
            spiked: step === 500 ? 1e12 : noise(step, seed),
            tiny: 1e-300 * noise(step, seed),
            flat: 0.25,
            odd: step % 7 === 0 ? "NaN" : step > 900 ? "Infinity" : noise(step, seed),
          },
        })),
      });
    }
    await logValues(runs[0] ?? "", "once", [0.1 + 0.2]);
  });

  const keys = ["loss", "level", "spiked", "tiny", "flat", "odd", "once"];

  test.each([
    { buckets: 50 },
    { buckets: 50, grid: "own" },
    { buckets: 4000 },
    { buckets: 30, from: 100, to: 777 },
    { buckets: 50, x: "epoch" },
    { buckets: 50, x: "relative" },
    { buckets: 50, x: "metric:loss" },
  ])("%j", async (how) => {
    const body = { runs, keys, ...how };
    const columns = await asColumns(body);
    expectSame(pointsOf(columns), await asPoints(body));
  });

  test("what runs have in common is written once, and what follows not at all", async () => {
    const { series } = await asColumns({ runs, keys: ["loss", "flat"], buckets: 50 });
    expect(series.map(({ step }) => (typeof step === "number" ? step : "own"))).toEqual([
      ...["own", 0, 0, 0, "own", 4],
    ]);
    expect(series.map(({ count }) => (typeof count === "number" ? count : "own"))).toEqual([
      ...["own", 0, 0, 0, "own", 4],
    ]);
    for (const one of series) expect(one).not.toHaveProperty("x");
    const [flat] = series;
    expect(Object.keys(flat ?? {}).sort()).toEqual(["count", "key", "last", "level", "run_id", "step"]);
    const [single] = (await asColumns({ runs, keys: ["once"] })).series;
    expect(single).toEqual({ run_id: runs[0], key: "once", level: 0, step: [0], last: [0.1 + 0.2] });
  });

  test("only the figures asked for", async () => {
    const body = { runs: runs.slice(0, 1), keys: ["odd"], buckets: 50 };
    const names = async (figures: string[]) =>
      Object.keys((await asColumns({ ...body, figures })).series[0] ?? {}).sort();
    const always = ["key", "last", "level", "run_id", "step"];
    expect(await names([])).toEqual(always);
    expect(await names(["mean", "nonfinite"])).toEqual([...always, "mean", "nonfinite"].sort());
    expect(await names(["min", "max", "mean", "count", "nonfinite"])).toEqual(
      [...always, "count", "max", "mean", "min", "nonfinite"].sort(),
    );
  });

  test("are a third of the points' bytes at most", async () => {
    const body = { runs, keys: ["loss", "spiked"], buckets: 500 };
    const [columns, points] = [await asColumns(body), await asPoints(body)];
    expect(JSON.stringify(columns).length).toBeLessThan(JSON.stringify(points).length / 3);
  });
});

test.each([
  [{ format: "rows" }, ["format"]],
  [{ format: "columns", figures: ["median"] }, ["figures[0]"]],
])("%j is refused", async (how, fields) => {
  const answer = await call(seriesRoute.POST, readSeveral, { body: { runs: ["r"], keys: ["a"], ...how } });
  expect(answer).toMatchProblem(422, "invalid_parameters");
  expect(refusedFields(answer)).toEqual(fields);
});
