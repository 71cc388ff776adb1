import { describe, expect, test } from "vitest";
import { commonWindow, presentRunsChart, type RunsChartInput } from "@/lib/presenters/charts/runs-chart";
import { pointsPath, valuesPath } from "@/lib/presenters/charts/sparkline";
import { point, ramp } from "./fixtures";

const logged = (run_id: string, at: (i: number) => number) => ({
  run_id,
  key: "loss",
  level: 0,
  points: ramp(5, at),
});
const runs = [
  { id: "a", name: "s0", css: "var(--run-0)" },
  { id: "b", name: "s1", css: "var(--run-1)" },
];
const input = (more: Partial<RunsChartInput> = {}): RunsChartInput => ({
  series: [logged("a", (i) => 5 - i), logged("b", (i) => 9 - i)],
  runs,
  metric: "loss",
  ...more,
});

function ready(more: Partial<RunsChartInput> = {}) {
  const chart = presentRunsChart(input(more));
  if (chart.state !== "ready") throw new Error(chart.reason);
  return chart;
}

describe("presentRunsChart", () => {
  test("colour means run; all lines are solid", () => {
    expect(ready().lines.map(({ id, ink, dash }) => [id, ink.css, dash])).toEqual([
      ["a", "var(--run-0)", []],
      ["b", "var(--run-1)", []],
    ]);
  });

  test("hovering lists the runs from the lowest up", () => {
    const card = ready().hoverAt(3.2);
    expect(card?.title).toBe("step 3");
    expect(card?.rows.map(({ label, value }) => [label, value])).toEqual([
      ["s0", "2"],
      ["s1", "6"],
    ]);
  });

  test("says how many of the runs it shows", () => {
    expect(ready().omitted).toBeNull();
    expect(ready({ runs: [...runs, { id: "c", name: "s2", css: "x" }] }).omitted).toBe(
      "2 of 3 runs have loss",
    );
  });

  test("a long card is cut, and says so", () => {
    const many = Array.from({ length: 15 }, (_, i) => ({ id: `r${i}`, name: `r${i}`, css: "x" }));
    const card = ready({ runs: many, series: many.map(({ id }, i) => logged(id, () => i)) }).hoverAt(0);
    expect(card?.rows).toHaveLength(12);
    expect(card?.notes).toEqual(["12 of 15 runs"]);
  });

  test("ends of the range are told in words", () => {
    expect(ready().summary).toBe("loss of 2 runs. Last values run from 1 (s0) to 5 (s1).");
  });

  test("why it is empty", () => {
    expect(presentRunsChart(input({ runs: [] }))).toMatchObject({
      state: "empty",
      reason: expect.stringContaining("No run is chosen"),
    });
    expect(presentRunsChart(input({ metric: "acc" }))).toMatchObject({
      state: "empty",
      reason: "No chosen run logged acc.",
    });
  });

  test("a window sets the axis and the height follows it", () => {
    const chart = ready({ window: { min: 3, max: 4 }, runs: runs.slice(0, 1) });
    expect([chart.x.min, chart.x.max]).toEqual([3, 4]);
    expect(chart.left?.max).toBeLessThanOrEqual(2.1);
  });

  test("a run whose values are not finite is marked", () => {
    const broken = { run_id: "a", key: "loss", level: 0, points: [point(0, 1), point(1, "Infinity")] };
    expect(ready({ series: [broken], runs: runs.slice(0, 1) }).marks).toMatchObject([
      { x: 1, value: "Infinity" },
    ]);
  });
});

describe("sparklines", () => {
  test("fit the box, y upwards", () => expect(valuesPath([0, 1], 10, 4)).toBe("M0.0 4.0L10.0 0.0"));
  test("break where nothing is", () => {
    const points = [0, null, 1, NaN, 0].map((y, x) => ({ x, y }));
    expect(pointsPath(points, { min: 0, max: 4 }, 4, 1)).toBe("M0.0 1.0M2.0 0.0M4.0 1.0");
  });
  test("a flat line runs through the middle; nothing is nothing", () => {
    expect(valuesPath([2, 2], 10, 4)).toBe("M0.0 2.0L10.0 2.0");
    expect(valuesPath([], 10, 4)).toBe("");
  });
});

test("charts of the same series have one range of x, whichever ends first", () => {
  const short = { ...logged("a", (i) => i), key: "val/loss", points: [point(3, 1)] };
  const long = { ...logged("a", (i) => i), key: "lr", points: [point(0, 1), point(9, 1)] };
  const window = commonWindow([short, long]);
  expect(window).toEqual({ min: 0, max: 9 });
  const ends = [short, long].map(({ key }) => {
    const chart = presentRunsChart({ series: [short, long], runs, metric: key, window });
    return chart.state === "ready" ? [chart.x.min, chart.x.max] : null;
  });
  expect(ends).toEqual([
    [0, 9],
    [0, 9],
  ]);
  expect(commonWindow([])).toEqual({ min: 0, max: 1 });
});
