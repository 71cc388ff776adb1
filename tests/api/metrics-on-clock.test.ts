import { describe, expect, test } from "vitest";
import * as overlayRoute from "@/app/api/v1/runs/[run_id]/overlay/route";
import * as seriesRoute from "@/app/api/v1/series/route";
import { getOverlay, readSeveral } from "@/lib/contracts/endpoints/metrics";
import { MAX_ON_CLOCK } from "@/lib/server/metrics/read-on-clock";
import { freshDatabase, ok } from "@/tests/support/api";
import { createRun, log, readSeries } from "@/tests/support/seed";

freshDatabase();

const START = 1_796_083_200;

/** A run whose values all stand at a few steps, `each` at every one, a second apart. */
async function repeated(steps: number, each: number, stride = 1): Promise<string> {
  const run = await createRun();
  const points = Array.from({ length: steps * each }, (_, i) => ({
    step: Math.floor(i / each) * stride,
    time: START + i,
    metrics: { loss: i, lr: i / 1e6 },
  }));
  for (let from = 0; from < points.length; from += 10_000)
    await log(run.id, { points: points.slice(from, from + 10_000) });
  return run.id;
}

describe("several values at one step", () => {
  test.each([
    ["one step", 1, 50, 1],
    ["a few steps", 7, 9, 1],
    ["steps so far apart that rollups hold them", 30, 3, 1_000_000],
  ])("are all shown on the clock, the last of each step otherwise: %s", async (_, steps, each, stride) => {
    const run = await repeated(steps, each, stride);
    const all = Array.from({ length: steps * each }, (_none, i) => i);
    for (const x of ["time", "relative"]) {
      const { points } = await readSeries(run, "loss", { x });
      expect(points.map(({ last }) => last)).toEqual(all);
      expect(points.map((point) => Number(point.x) - Number(points[0]?.x))).toEqual(all);
    }
    const byStep = await readSeries(run, "loss", { x: "step" });
    expect(byStep.points.map(({ last }) => last)).toEqual(all.filter((i) => i % each === each - 1));
    const { series } = await ok(seriesRoute.POST, readSeveral, {
      body: { runs: [run], keys: ["loss"], x: "time" },
    });
    expect("points" in series[0]! && series[0].points.map(({ last }) => last)).toEqual(all);
    const { metrics, lr } = await ok(overlayRoute.GET, getOverlay, {
      params: { run_id: run },
      query: { metrics: "loss", x: "time" },
    });
    expect(metrics[0]?.points.map(({ last }) => last)).toEqual(all);
    expect(lr.actual?.points.map(({ last }) => last)).toEqual(all.map((i) => i / 1e6));
  });

  test("are gathered in rows where there are more than asked for, none left out", async () => {
    const run = await repeated(3, 100);
    const { points } = await readSeries(run, "loss", { x: "time", buckets: 70 });
    expect(points).toHaveLength(60);
    expect(points.map(({ count, min, max }) => [count, min, max])).toEqual(
      points.map((_, i) => [5, i * 5, i * 5 + 4]),
    );
  });

  test("a window of steps holds only theirs", async () => {
    const run = await repeated(5, 4);
    const { points } = await readSeries(run, "loss", { x: "time", from: 1, to: 2 });
    expect(points.map(({ last }) => last)).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
  });

  test("a series longer than is read in one go is read from its rollups", async () => {
    const long = await repeated(2, MAX_ON_CLOCK / 2);
    expect((await readSeries(long, "loss", { x: "time", buckets: 1000 })).points.length).toBeGreaterThan(2);
    await log(long, { points: [{ step: 1, time: START + 1e6, metrics: { loss: 0 } }] });
    expect((await readSeries(long, "loss", { x: "time", buckets: 1000 })).points).toHaveLength(2);
  });
});
