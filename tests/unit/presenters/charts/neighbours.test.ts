import { describe, expect, test } from "vitest";
import { withNeighbours } from "@/lib/presenters/charts/neighbours";
import { presentOverlay } from "@/lib/presenters/charts/overlay";
import { presentRunsChart } from "@/lib/presenters/charts/runs-chart";
import { DEFAULT_VIEW } from "@/lib/presenters/charts/view";
import { frame, overlay, point, ramp, series } from "./fixtures";

const every10 = series(
  "loss",
  [0, 10, 20, 30, 40].map((step) => point(step, 100 - step)),
);
const steps = (points: readonly { step: number }[]) => points.map(({ step }) => step);

describe("withNeighbours", () => {
  test("adds what lies on each side of the window, for a chart that is moved", () => {
    const inside = series("loss", [point(20, 80)]);
    expect(steps(withNeighbours(inside, every10, { from: 15, to: 25 }).points)).toEqual([0, 10, 20, 30, 40]);
  });

  test("a window between two samples is crossed by the line that joins them", () => {
    expect(steps(withNeighbours(series("loss", []), every10, { from: 12, to: 18 }).points)).toEqual([
      0, 10, 20, 30, 40,
    ]);
  });

  test("at the ends of the run there is nothing to add", () => {
    expect(steps(withNeighbours(every10, every10, { from: 0, to: 40 }).points)).toEqual([0, 10, 20, 30, 40]);
  });

  test("points of the window before, still shown, are neither doubled nor put out of order", () => {
    const old = series("loss", [point(10, 90), point(20, 80), point(30, 70)]);
    expect(steps(withNeighbours(old, every10, { from: 15, to: 25 }).points)).toEqual([0, 10, 20, 30, 40]);
  });

  test("only what is next to the window leaves its bucket's range behind", () => {
    const wide = (step: number) => point(step, 1, { min: 0, max: 9, count: 8 });
    const whole = series("loss", [wide(7), wide(15), wide(31), wide(39)]);
    const { points } = withNeighbours(series("loss", [point(20, 1)]), whole, { from: 16, to: 24 });
    expect(points.map(({ step, max }) => [step, max])).toEqual([
      [7, 9],
      [15, 1],
      [20, 1],
      [31, 1],
      [39, 9],
    ]);
  });

  test("no range is painted across a window of single values", () => {
    const wide = (step: number) => point(step, 1, { min: 0, max: 9, count: 8 });
    const whole = series("loss", [7, 15, 23, 31, 39, 47].map(wide));
    const inside = series(
      "loss",
      [24, 25, 26].map((step) => point(step, 1)),
    );
    const chart = presentOverlay(overlay({ from: 24, to: 26, metrics: [inside] }), {
      ...frame({ view: { ...DEFAULT_VIEW, smoothing: 0, window: { from: 24, to: 26 } } }),
      whole: overlay({ metrics: [whole] }),
    });
    const bands = chart.state === "ready" ? chart.bands : [];
    expect(bands.map(({ points }) => points.map(({ x }) => x))).toEqual([
      [7, 15],
      [39, 47],
    ]);
  });

  test("a window that has moved on from its points leaves no hole between them and the rest", () => {
    const old = series("loss", [point(10, 90), point(20, 80)]);
    expect(steps(withNeighbours(old, every10, { from: 15, to: 35 }).points)).toEqual([0, 10, 20, 30, 40]);
  });

  test("a neighbour brings its last value, not its bucket's range; one that is not finite is none", () => {
    const whole = series("loss", [point(7, 3, { min: -50, max: 50, count: 8 }), point(31, "NaN")]);
    const { points } = withNeighbours(series("loss", [point(16, 2)]), whole, { from: 16, to: 23 });
    expect(points[0]).toEqual({ x: 7, step: 7, last: 3, min: 3, max: 3, mean: 3, count: 1 });
    expect(steps(points)).toEqual([7, 16]);
  });

  test("without the whole run the series stays as it is", () => {
    expect(withNeighbours(every10, undefined, { from: 0, to: 1 })).toBe(every10);
  });
});

describe("a zoomed overlay", () => {
  const whole = overlay({ to: 40, last_step: 40, metrics: [every10] });
  const zoomed = (points: ReturnType<typeof point>[]) =>
    overlay({ from: 15, to: 25, last_step: 40, metrics: [series("loss", points)] });
  const view = { ...DEFAULT_VIEW, smoothing: 0, window: { from: 15, to: 25 } };
  const present = (part: ReturnType<typeof overlay>, around: typeof whole | null = whole) =>
    presentOverlay(part, frame({ view, extent: { from: 0, to: 40 }, whole: around }));

  const left = (chart: ReturnType<typeof present>) => (chart.state === "ready" ? chart.left : undefined);

  test("its lines go on beyond both edges; axes, crosshair and table keep to what is inside", () => {
    const chart = present(zoomed([point(20, 80)]));
    if (chart.state !== "ready") throw new Error(chart.reason);
    expect(chart.lines[0]?.points.map(({ x }) => x)).toEqual([0, 10, 20, 30, 40]);
    expect(chart.stops).toEqual([20]);
    expect(chart.table.rows).toEqual([["20", "80"]]);
    expect([chart.x.min, chart.x.max]).toEqual([15, 25]);
    expect(chart.left).not.toBeNull();
    expect(chart.left).toEqual(left(present(zoomed([point(20, 80)]), null)));
  });

  test("neighbours are not points: a window without any says so", () => {
    expect(present(zoomed([]))).toMatchObject({ state: "empty", remedy: { kind: "reset-zoom" } });
  });

  test("a whole run on another axis lends nothing", () => {
    const chart = present(zoomed([point(20, 80)]), { ...whole, x: "epoch" });
    expect(chart.state === "ready" && chart.lines[0]?.points.map(({ x }) => x)).toEqual([20]);
  });
});

test("a run's small chart goes on as well, also where the window holds no sample", () => {
  const part = { steps: { from: 12, to: 18 }, whole: [{ ...every10, run_id: "a" }] };
  const chart = presentRunsChart({
    series: [{ run_id: "a", key: "loss", level: 0, points: [] }],
    runs: [{ id: "a", name: "s0", css: "red" }],
    ...{ metric: "loss", window: { min: 12, max: 18 }, part },
  });
  if (chart.state !== "ready") throw new Error(chart.reason);
  expect(chart.lines[0]?.points.slice(1, 3)).toEqual([
    { x: 10, y: 90 },
    { x: 20, y: 80 },
  ]);
  expect(chart.hoverAt(15)).toBeNull();
});

test("smoothing a part is measured against the whole run", () => {
  const whole = { run_id: "a", key: "loss", level: 0, points: ramp(1000, (i) => i % 7) };
  const cut = { ...whole, points: whole.points.slice(500, 520) };
  const input = { runs: [{ id: "a", name: "s0", css: "red" }], metric: "loss", smoothing: 0.6 };
  const lineOf = (chart: ReturnType<typeof presentRunsChart>) =>
    chart.state === "ready" ? chart.lines.at(-1)?.points.filter(({ x }) => x >= 515 && x < 520) : undefined;
  const alone = lineOf(presentRunsChart({ ...input, series: [whole] }));
  const zoomed = lineOf(
    presentRunsChart({ ...input, series: [cut], part: { steps: { from: 500, to: 519 }, whole: [whole] } }),
  );
  expect(alone).toHaveLength(5);
  alone?.forEach(({ y }, i) => expect(Math.abs((y ?? 0) - (zoomed?.[i]?.y ?? NaN))).toBeLessThan(0.2));
});
