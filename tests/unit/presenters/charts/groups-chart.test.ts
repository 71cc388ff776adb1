import { describe, expect, test } from "vitest";
import { presentRunsChart, prepareRuns, frameRuns } from "@/lib/presenters/charts/runs-chart";
import type { RunsChartData } from "@/lib/presenters/charts/runs-data";
import { point } from "./fixtures";

const logged = (run_id: string, values: readonly number[], x = (step: number) => step) => ({
  ...{ run_id, key: "loss", level: 0 },
  points: values.map((value, step) => point(step, value, { x: x(step) })),
});
const runs = ["a", "b", "c", "d"].map((id) => ({ id, name: id, css: `var(--${id})` }));
const groups = [
  { key: "low", label: "low", css: "blue", runs: ["a", "b", "c"], total: 5 },
  { key: "high", label: "high", css: "red", runs: ["d"], total: 1 },
];
const input: RunsChartData = {
  series: [logged("a", [1, 2]), logged("b", [2, 3]), logged("c", [3, 4]), logged("d", [9, 8])],
  ...{ runs, groups, metric: "loss" },
};

function ready(more: Partial<RunsChartData> = {}) {
  const chart = presentRunsChart({ ...input, ...more });
  if (chart.state !== "ready") throw new Error(chart.reason);
  return chart;
}

describe("a chart of groups", () => {
  test("draws each group's mean over its members, which are faint and in its colour", () => {
    const lines = ready().lines.map(({ series, ink, points }) => [
      series,
      ink.css,
      ink.alpha,
      points.map(({ y }) => y),
    ]);
    expect(lines).toEqual([
      ["low", "blue", 0.22, [1, 2]],
      ["low", "blue", 0.22, [2, 3]],
      ["low", "blue", 0.22, [3, 4]],
      ["high", "red", 0.6, [9, 8]],
      ["low", "blue", 1, [2, 3]],
      ["high", "red", 1, [9, 8]],
    ]);
  });

  test("the interval is Student's, and one run has none", () => {
    const { bands } = ready();
    expect(bands.map(({ series }) => series)).toEqual(["low"]);
    // t(0.975, 2) = 4.302653, s = 1, n = 3.
    const [first] = bands[0]?.points ?? [];
    expect(first?.low).toBeCloseTo(2 - 4.302653 / Math.sqrt(3), 5);
    expect(first?.high).toBeCloseTo(2 + 4.302653 / Math.sqrt(3), 5);
  });

  test("two runs have no interval, also where a third has ended: they are drawn themselves", () => {
    const short = ready({
      series: [logged("a", [1, 2, 3, 4]), logged("b", [2, 3, 4, 5]), logged("c", [3, 4])],
    });
    expect(short.bands.map(({ points }) => points.map(({ x }) => x))).toEqual([[0, 1]]);
    const two = ready({ series: input.series.slice(0, 2) });
    expect(two.bands).toEqual([]);
    expect(two.lines.map(({ ink }) => ink.alpha)).toEqual([0.6, 0.6, 1]);
  });

  test("the axis is the lines', however wide the interval", () => {
    expect(ready({ series: input.series.slice(0, 3) }).left).toMatchObject({ min: 0.8, max: 4.2 });
  });

  test("while runs are on their way there is no mean of a part of them, and the chart says so", () => {
    const some = { series: input.series.slice(1), loading: true };
    const chart = ready(some);
    expect(chart.lines.map(({ series, ink }) => [series, ink.alpha])).toEqual([
      ["low", 0.6],
      ["low", 0.6],
      ["high", 0.6],
      ["high", 1],
    ]);
    expect([chart.omitted, chart.bands]).toEqual(["Loading …", []]);
    expect(presentRunsChart({ ...input, series: [], loading: true })).toMatchObject({
      reason: "Loading loss.",
    });
  });

  test("where none of its runs logged, a group has no interval", () => {
    const steps = [0, 1, 2, 50, 51];
    const series = ["a", "b", "c"].map((run_id, i) => ({
      ...{ run_id, key: "loss", level: 0, points: steps.map((step) => point(step, i)) },
    }));
    const pieces = ready({ series }).bands.map(({ points }) => points.map(({ x }) => x));
    expect(pieces).toEqual([
      [0, 1, 2],
      [50, 51],
    ]);
  });

  test("the legend counts the members, the card tells mean, n and interval", () => {
    const chart = ready();
    expect(chart.legend.map(({ label }) => label)).toEqual(["low (3 of 5)", "high (1)"]);
    expect(chart.hoverAt(1)?.rows.map(({ label, value, note }) => [label, value, note])).toEqual([
      ["low", "3", "n 3, 95 % 0.5159 … 5.484"],
      ["high", "8", "n 1"],
    ]);
  });

  test("table and file hold what is drawn", () => {
    expect(ready().table.head).toEqual([
      "step",
      ...["low, mean", "low, low", "low, high", "low, n"],
      ...["high, mean", "high, low", "high, high", "high, n"],
    ]);
    expect(ready().csv().split("\r\n")[1]).toMatch(/^0,2,-0\.48\d+,4\.48\d+,3,9,,,1$/);
  });

  test("over samples, which differ from run to run, the mean stands at the mean place", () => {
    const series = [logged("a", [1, 2], (step) => step * 10), logged("b", [3, 4], (step) => step * 30)];
    const mean = ready({ series, x: "samples" }).lines.find(({ ink }) => ink.alpha === 1);
    expect(mean?.points).toEqual([
      { x: 0, y: 2 },
      { x: 20, y: 3 },
    ]);
  });

  test("over a clock or another metric there is no mean: the members stand for themselves in their group's colour", () => {
    for (const x of ["time", "metric:acc"] as const) {
      const { lines, bands } = ready({ x });
      expect(lines.map(({ id, ink }) => [id, ink.css, ink.alpha])).toEqual([
        ["a", "blue", 1],
        ["b", "blue", 1],
        ["c", "blue", 1],
        ["d", "red", 1],
      ]);
      expect(bands.filter(({ id }) => id.includes("interval"))).toEqual([]);
    }
  });

  test("says how many of the runs have the metric", () => {
    expect(ready({ series: input.series.slice(1) }).omitted).toBe("3 of 4 runs have loss");
  });
});

describe("a chart that is moved", () => {
  test("keeps its points: a frame only frames them anew", () => {
    const prepared = prepareRuns({ ...input, groups: null });
    const frame = (min: number, max: number) => {
      const chart = frameRuns(prepared, { window: { min, max } });
      if (chart.state !== "ready") throw new Error(chart.reason);
      return chart;
    };
    const [one, two] = [frame(0, 1), frame(0.5, 1)];
    one.lines.forEach((line, i) => expect(two.lines[i]?.points).toBe(line.points));
    expect(two.table).toBe(one.table);
    expect(two.stops).toBe(one.stops);
    expect([two.x.min, two.x.max]).toEqual([0.5, 1]);
  });

  test("ranges of many runs are not drawn: their lines visit the extremes", () => {
    const many = Array.from({ length: 13 }, (_, i) => `r${i}`);
    const wide = many.map((run_id) => ({
      ...{ run_id, key: "loss", level: 3 },
      points: [point(7, 1, { min: -5, max: 5, count: 8 }), point(15, 1, { count: 8 })],
    }));
    const drawn = (ids: readonly string[]) =>
      ready({ series: wide, runs: ids.map((id) => ({ id, name: id, css: id })), groups: null });
    expect(drawn(many.slice(0, 12)).bands).toHaveLength(12);
    expect(drawn(many).bands).toHaveLength(0);
    expect(drawn(many).lines[0]?.points.map(({ y }) => y)).toEqual(expect.arrayContaining([-5, 5]));
  });

  test("runs meet by what the axis shows, not by their steps", () => {
    const series = [logged("a", [5, 6, 7], (step) => step), logged("b", [1, 2, 3], (step) => step * 2)];
    const chart = ready({ series, groups: null, x: "relative" });
    expect(chart.hoverAt(2)?.rows.map(({ label, value }) => [label, value])).toEqual([
      ["b", "2"],
      ["a", "7"],
    ]);
  });

  test("no run has such an x: the way back is offered", () => {
    const series = [{ ...logged("a", []), points: [point(0, 1, { x: null })] }];
    expect(presentRunsChart({ ...input, series, groups: null, x: "samples" })).toMatchObject({
      reason: "No chosen run has samples to draw loss over.",
      remedy: { kind: "x-step" },
    });
  });
});
