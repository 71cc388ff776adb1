import { describe, expect, test } from "vitest";
import { presentCurves, type CurvesInput } from "@/lib/presenters/compare/curves-chart";
import { dimensionsOf, isRate, scaled } from "@/lib/presenters/compare/dimensions";
import { groupInks } from "@/lib/presenters/compare/group-inks";
import { presentIntervals, presentTargets } from "@/lib/presenters/compare/interval-plot";
import { joinMarks, joinsOf } from "@/lib/presenters/compare/joins";
import { CELL_HEIGHT, presentMultiples } from "@/lib/presenters/compare/multiples";
import { presentParallel } from "@/lib/presenters/compare/parallel-plot";
import { svgCurves } from "@/lib/presenters/compare/svg-curves";
import { presentScatter } from "@/lib/presenters/compare/scatter-chart";
import { roundedOn, valueOn } from "@/lib/presenters/compare/target-axis";
import { fractionOn } from "@/lib/presenters/charts/axis";
import { chartSvg } from "@/lib/presenters/charts/svg";
import { group, outcome } from "@/tests/support/outcomes";
import { answerFor, CURVES, inksOf } from "./fixtures";

const curves = (change: Partial<CurvesInput> = {}) => {
  const input = {
    set: CURVES,
    inks: inksOf("a", "b"),
    sizes: new Map([["a", 4]]),
    stat: "mean",
    scale: "linear",
    total: 3,
  } as const;
  const chart = presentCurves({ ...input, window: { min: 0, max: 20 }, ...change });
  if (chart.state !== "ready") throw new Error(chart.reason);
  return chart;
};

describe("curves", () => {
  test("a line a group over its runs, a band where there is an interval", () => {
    const chart = curves();
    expect(chart.lines.map(({ id, width, ink }) => [id, width, ink.alpha < 1])).toEqual([
      ["a:r1", 1, true],
      ["a", 2, false],
      ["b", 2, false],
    ]);
    expect(chart.lines[0]?.points[1]).toEqual({ x: 10, y: null });
    expect(chart.bands.map(({ id, points }) => [id, points.map(({ x }) => x)])).toEqual([
      ["a:band:0", [0, 10]],
    ]);
    expect(chart.omitted).toBe("2 of 3 groups, 1 of 3 runs");
    expect(chart.legend.map(({ label }) => label)).toEqual(["cosine (3 of 4)", "step (1)"]);
  });

  test("what nobody logged, only declared, is dashed, on the page and in a report", () => {
    const [one, two] = CURVES.groups;
    const set = { ...CURVES, metric: "lr", groups: [{ ...one!, declared: true }, two!] };
    const chart = curves({ set, kind: "lr" });
    expect(chart.lines.map(({ dash }) => dash)).toEqual([[6, 4], []]);
    expect(chart.legend.map(({ dash }) => dash)).toEqual([[6, 4], []]);
    const svg = svgCurves(set, new Map(), { scale: "linear", kind: "lr" });
    expect(svg.match(/stroke-dasharray="6 4"/g)).toHaveLength(1);
  });

  test("the axis is the runs', however wide an interval is", () => {
    expect(curves().left).toMatchObject({ min: 0.6, max: 6.3 });
    expect(curves({ include: 0.2 }).left?.min).toBeLessThanOrEqual(0.2);
  });

  test("the median comes with the middle half", () => {
    expect(curves({ stat: "median" }).bands[0]?.points[0]).toEqual({ x: 0, low: 3.5, high: 4.5 });
  });

  test("the crosshair stands on real samples and tells who is still there", () => {
    const chart = curves();
    expect(chart.hoverAt(11)?.rows.map(({ label, note }) => [label, note])).toEqual([
      ["cosine", "n 3, 95 % 1 … 3"],
      ["step", "n 1"],
    ]);
    expect(chart.hoverAt(19)?.rows.map(({ label }) => label)).toEqual(["cosine"]);
    expect(chart.table.rows).toEqual([
      ["0", "4", "6"],
      ["10", "2", "3"],
      ["20", "1", ""],
    ]);
    expect(chart.csv()).toBe('step,"cosine, mean","step, mean"\r\n0,4,6\r\n10,2,3\r\n20,1,\r\n');
  });

  test("a learning rate has lines alone; nothing logged says so", () => {
    expect(curves({ kind: "lr" })).toMatchObject({
      title: "learning rate",
      bands: [],
      omitted: "2 of 3 groups",
    });
    expect(presentCurves({ ...curvesInput(), inks: new Map() })).toMatchObject({
      state: "empty",
      reason: "No run here logged val/loss.",
    });
  });
});

const curvesInput = (): CurvesInput => ({
  set: CURVES,
  inks: inksOf("a", "b"),
  sizes: new Map(),
  stat: "mean",
  scale: "log",
  window: { min: 0, max: 20 },
  total: 2,
});

describe("intervals", () => {
  const answer = answerFor([group("b", [3, 4, 5]), group("a", [1, 2, 3]), group("c", [null])]);

  test("lie in the plot, best first, with their runs", () => {
    const plot = presentIntervals(answer, inksOf("a", "b"));
    expect(plot?.rows.map(({ label, text }) => [label, text])).toEqual([
      ["a", "2"],
      ["b", "4"],
    ]);
    const [a, b] = plot!.rows;
    expect(a!.mean).toBeLessThan(b!.mean!);
    for (const place of [...a!.dots, ...b!.dots, a!.interval!.low, b!.interval!.high]) {
      expect(place).toBeGreaterThanOrEqual(0);
      expect(place).toBeLessThanOrEqual(1);
    }
    expect(plot?.omitted).toBe("2 of 3 groups");
  });

  test("an interval as wide as two runs give is cut, and one run has none", () => {
    const plot = presentIntervals(answerFor([group("a", [1, 2]), group("b", [3])]), inksOf("a", "b"));
    expect(plot?.rows[0]?.cut).toEqual({ low: true, high: true });
    expect(plot?.rows[1]).toMatchObject({ interval: null, note: "1 run: no interval" });
  });

  test("groups that are far apart share a log axis, so that none is squeezed", () => {
    const near = [group("a", [0.06, 0.065, 0.07]), group("b", [0.08, 0.085, 0.09])];
    const plot = presentIntervals(answerFor([...near, group("far", [1.7, 1.9, 2.1])]), inksOf("a", "b"));
    const [a, b, far] = plot!.rows.map(({ mean }) => mean!);
    expect(b! - a!).toBeGreaterThan(0.05);
    expect(far).toBeGreaterThan(b!);
    expect(plot?.ticks.map(({ label }) => label)).toEqual(["0.1", "1"]);
    // Below 0 there is no place on it.
    const wide = presentIntervals(answerFor([group("a", [0.001, 0.2]), group("b", [1])]), inksOf("a", "b"));
    expect(wide?.rows.find(({ label }) => label === "a")).toMatchObject({ cut: { low: true } });
  });

  test("the rows stand as the verdict has them, and lines join those that are not told apart", () => {
    const spread = (mean: number) => [-0.2, -0.1, 0, 0.1, 0.2].map((x) => mean + x);
    const chain = answerFor([
      group("far", spread(9)),
      group("a", spread(1)),
      group("b", spread(1.2)),
      group("c", spread(1.4)),
    ]);
    const plot = presentIntervals(chain, new Map());
    const { best_set, worse } = chain.verdict;
    expect(plot?.rows.map(({ key }) => key)).toEqual([...best_set, ...worse.map(({ key }) => key)]);
    expect(worse.map(({ key }) => key)).toEqual(["c", "far"]);
    // a and b, b and c, but not a and c.
    expect(plot?.rows.map(({ joins }) => joins.map(({ kind }) => kind))).toEqual([
      ["first", "none"],
      ["last", "first"],
      ["none", "last"],
      ["none", "none"],
    ]);
  });

  test("a line passes by what does not belong to it, and no more than eight are drawn", () => {
    const pair = (a: string, b: string, p_joint: number) => ({ ...answer.pairs[0]!, a, b, p: 0.5, p_joint });
    const differing = { difference: -1, interval: { low: -2, high: -1 }, probability_of_improvement: 1 };
    const joins = joinsOf(
      ["a", "b", "c"],
      [
        { ...pair("a", "b", 0.01), ...differing },
        pair("a", "c", 0.9),
        { ...pair("b", "c", 0.01), ...differing },
      ],
    );
    expect(joins).toEqual([[0, 2]]);
    expect(joinMarks(joins, 1)).toEqual([{ kind: "past" }]);
    const keys = Array.from({ length: 20 }, (_, i) => `g${String(i).padStart(2, "0")}`);
    const chained = keys.slice(1).map((key, i) => pair(keys[i]!, key, 0.9));
    expect(joinsOf(keys, chained)).toHaveLength(8);
    expect(joinsOf(keys, chained)[7]).toEqual([7, 8]);
  });

  test("without a number there is no plot", () => {
    expect(presentIntervals(answerFor([group("a", [NaN])]), inksOf("a"))).toBeNull();
  });
});

test("bars to the target, the quickest first, those that do not get there last", () => {
  const reaching = (key: string, steps: (number | null)[]) => ({
    ...group(key, []),
    outcomes: steps.map((steps_to_target) => outcome(1, { steps_to_target })),
  });
  const answer = answerFor(
    [reaching("slow", [80, 100]), reaching("never", [null]), reaching("quick", [45])],
    0.5,
  );
  expect(
    presentTargets(answer, new Map())?.rows.map(({ label, share, text, note }) => [label, share, text, note]),
  ).toEqual([
    ["quick", 0.5, "45", "1 of 1 got there"],
    ["slow", 1, "90", "2 of 2 got there, 80 to 100"],
    ["never", null, "not reached", "0 of 1 got there"],
  ]);
  expect(presentTargets(answerFor([group("a", [1])]), new Map())).toBeNull();
});

describe("what the runs differ in", () => {
  const answer = answerFor([group("a", [1, 2]), group("b", [3, NaN])]);
  const [dimension] = dimensionsOf(answer);

  test("only what differs is offered, numbers over decades logarithmically", () => {
    expect(dimensionsOf(answer).map(({ id }) => id)).toEqual(["config.batch_size"]);
    expect(scaled(dimension!)).toMatchObject({ numeric: true, log: true });
    expect(scaled({ values: ["b", "a", null, 2] })).toMatchObject({
      log: false,
      words: ["2", "a", "b"],
      places: [2, 1, null, 0],
    });
  });

  test("rates that are written alike do not differ", () => {
    const rates = (...lrs: number[]) => ({
      ...answer,
      config: [],
      runs: answer.runs.map((run, i) => ({ ...run, lr_last: lrs[i] ?? 1 })),
    });
    expect(dimensionsOf(rates(3e-5, 3.0001e-5, 3e-5, 3e-5))).toEqual([]);
    expect(dimensionsOf(rates(3e-5, 4e-5, 3e-5, 3e-5)).map(({ id }) => id)).toEqual(["lr_last"]);
  });

  test("only a rate is written like one", () => {
    const rates = ["lr_peak", "config.optimizer.lr", "config.learning_rate", "metric.train/lr"];
    expect(rates.every((id) => isRate({ id }))).toBe(true);
    expect(["lr_peak_step", "config.lr_decay", "config.color"].some((id) => isRate({ id }))).toBe(false);
  });

  test("a dot a run that has a value, joined by nothing", () => {
    const chart = presentScatter(answer, dimension!, inksOf("a", "b"));
    if (chart.state !== "ready") throw new Error(chart.reason);
    expect(chart.lines.map(({ id, points }) => [id, points.map(({ x, y }) => [x, y])])).toEqual([
      [
        "a",
        [
          [32, 1],
          [32, null],
          [32, 2],
          [32, null],
        ],
      ],
      [
        "b",
        [
          [1024, 3],
          [1024, null],
        ],
      ],
    ]);
    const frame = { width: 400, height: 200, paint: ({ css }: { css: string }) => css, font: "Geist" };
    expect(chartSvg(chart, frame).match(/<circle/g)).toHaveLength(3);
    expect(chart.csv()).toMatch(/^run,batch_size,val\/loss\r\nrun \d+,32,1\r\n/);
    expect([chart.x.scale, chart.left?.scale]).toEqual(["log", "linear"]);
    const wide = presentScatter(answerFor([group("a", [0.01]), group("b", [3])]), dimension!, new Map());
    expect(wide).toMatchObject({ left: { scale: "log" } });
    expect(chart.omitted).toBe("3 of 4 runs");
    expect(chart.hoverAt(40)?.rows).toHaveLength(2);
  });

  test("a line a run through all of them, broken where it has no value", () => {
    const plot = presentParallel(answer, dimensionsOf(answer), inksOf("a", "b"));
    expect(plot?.axes.map(({ label }) => label)).toEqual(["batch_size (log)", "final val/loss"]);
    expect(plot?.lines.map(({ places }) => places)).toEqual([
      [0, 0],
      [0, 0.5],
      [1, 1],
      [1, null],
    ]);
    expect(presentParallel(answer, [], new Map())).toBeNull();
  });
});

test("small multiples of a metric share their axes", () => {
  const { metrics, rows } = presentMultiples([CURVES], CURVES.groups, inksOf("a", "b"), "mean");
  expect(metrics).toEqual(["val/loss"]);
  // a: from 4 to 1 of 1 … 6; b ends in the middle, at step 10 of 20.
  expect(rows.map(({ cells }) => cells[0]?.path)).toEqual([
    `M0.0 16.0L60.0 32.0L120.0 ${CELL_HEIGHT}.0`,
    "M0.0 0.0L60.0 24.0",
  ]);
});

test("a column that one group takes over decades is logarithmic", () => {
  const [first, second] = CURVES.groups;
  const wild = {
    ...CURVES,
    groups: [
      { ...first!, mean: [100, 10, 1] },
      { ...second!, mean: [1, 10_000] },
    ],
  };
  const { metrics, rows } = presentMultiples([wild], wild.groups, inksOf("a", "b"), "mean");
  expect(metrics).toEqual(["val/loss (log)"]);
  expect(rows[0]?.cells[0]?.path).toBe("M0.0 20.0L60.0 30.0L120.0 40.0");
});

test("a colour belongs to a label, whoever is best today", () => {
  const [x, y] = [
    { key: "x", label: "x" },
    { key: "y", label: "y" },
  ];
  expect([...groupInks([y, x])].sort()).toEqual([...groupInks([x, y])].sort());
  expect(groupInks([x, y]).get("x")).not.toBe(groupInks([x, y]).get("y"));
});

test.each(["linear", "log"] as const)("a place on a %s axis is the value there, to three digits", (scale) => {
  const axis = { scale, min: 0.01, max: 10, title: "", ticks: [], minor: [], floor: null };
  for (const share of [0, 0.3, 1]) expect(fractionOn(axis, valueOn(axis, share))).toBeCloseTo(share, 10);
  expect(valueOn(axis, 1.5)).toBeCloseTo(10, 10);
  expect(roundedOn(axis, 0.123456)).toBe(scale === "log" ? 0.123 : 0.12);
});
