import { describe, expect, test } from "vitest";
import { presentOverlay } from "@/lib/presenters/charts/overlay";
import { presentRunsChart } from "@/lib/presenters/charts/runs-chart";
import { prepareSeries } from "@/lib/presenters/charts/series-line";
import { spansOf, type Stretch } from "@/lib/presenters/charts/stretches";
import { frame, overlay, point, series } from "./fixtures";

type Value = number | "NaN" | "Infinity";
const logged = (key: string, values: readonly Value[]) =>
  series(
    key,
    values.map((value, step) => point(step, value)),
  );
const prepare = (values: readonly Value[]) => prepareSeries(logged("loss", values), 0, 10);
const EXPLODES = [2, 1.5, 1.7, 3, 19, 21, 1e6, 1e30, "NaN", "NaN", "NaN"] as const;

describe("a curve that explodes", () => {
  test("is one stretch, from where it left ten times its range", () => {
    const { stretches, heights } = prepare(EXPLODES);
    expect(stretches).toEqual([{ from: 5, to: 10, step: 5, first: { x: 8, value: "NaN" }, last: true }]);
    expect(Math.max(...heights.map(({ y }) => y ?? 0))).toBe(19);
  });

  test.each<[string, readonly Value[], number]>([
    ["a spike that comes down again", [1, 1, 500, 1, 1], 500],
    ["a spike some way before", [1, 1, 500, 1, "NaN"], 500],
    ["what rises to no more than ten times", [1, 2, 9, "NaN"], 9],
    ["a rise that is never broken off", [1, 20, 300], 300],
  ])("%s stays on the axis", (_, values, highest) => {
    expect(Math.max(...prepare(values).heights.map(({ y }) => y ?? 0))).toBe(highest);
  });

  test("leaves the axis on the finite curve, with one span and one mark, in the chart of one run", () => {
    const chart = presentOverlay(
      overlay({
        metrics: [logged("train/loss", EXPLODES), logged("val/loss", [2, 2, 2, 2, 2, 2, "Infinity"])],
      }),
      frame({ extent: { from: 0, to: 20 } }),
    );
    if (chart.state !== "ready") throw new Error(chart.reason);
    expect(chart.left?.max).toBeLessThan(25);
    expect(chart.ranges).toMatchObject([
      { from: 5, to: 20, label: "diverged at step 5", ink: { css: "var(--chart-failed)" } },
    ]);
    expect(chart.marks).toMatchObject([{ series: "train/loss", x: 8, value: "NaN" }]);
    expect(chart.summary).toContain("train/loss diverged at step 5. val/loss diverged at step 6.");
  });

  test("leaves it there for several runs, and for their mean, with a mark for each", () => {
    const runs = ["a", "b", "c"].map((id) => ({ id, name: id, css: id }));
    const own = runs.map(({ id }, i) => ({
      ...logged("loss", i === 0 ? EXPLODES : [1, 2, 3, 1, 1]),
      run_id: id,
    }));
    for (const groups of [null, [{ key: "g", label: "g", css: "g", runs: ["a", "b", "c"], total: 3 }]]) {
      const chart = presentRunsChart({ series: own, runs, groups, metric: "loss" });
      if (chart.state !== "ready") throw new Error(chart.reason);
      expect(chart.left?.max).toBeLessThan(25);
      expect(chart.marks).toHaveLength(1);
      expect(chart.ranges).toEqual([]);
    }
    const alone = presentRunsChart({ series: own, runs: runs.slice(0, 1), metric: "loss" });
    expect(alone).toMatchObject({ ranges: [{ label: "diverged at step 5" }] });
  });
});

describe("spans", () => {
  const stretch = (from: number, to: number, last = false): Stretch => ({
    from,
    to,
    step: from,
    last,
    first: { x: from, value: "NaN" },
  });

  test("overlapping ones are one; what recovered is shaded without a word", () => {
    const found = spansOf([stretch(50, 60), stretch(10, 12), stretch(55, 58, true)], 100);
    expect(found.map(({ from, to, label }) => [from, to, label])).toEqual([
      [10, 12, ""],
      [50, 100, "diverged at step 50"],
    ]);
  });

  test("more than a dozen are left to their marks", () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => stretch(10 * i, 10 * i + 1));
    expect(spansOf(many(12), 200)).toHaveLength(12);
    expect(spansOf(many(13), 200)).toEqual([]);
  });
});
