import type { SeriesResponse } from "@/lib/contracts/metrics";
import { metricOfX, type XAxis } from "@/lib/contracts/words";
import { extentOf, heightsWithin, valueAxis } from "./axis";
import type { ChartModel, EmptyChart, Range, ReadyChart, ScaleKind } from "./chart-model";
import { groupSeries } from "./group-series";
import { bandOn, bandsOf, linesOf, marksOf } from "./layers";
import { plainSeries, type RunsParts } from "./run-series";
import type { RunsChartData } from "./runs-data";
import { rangeOfSpan, spansOf } from "./stretches";
import { nearestIndex, scatterMap, stepMap, STEPS_THEMSELVES, type StepMap } from "./step-map";
import { chartCsv, chartTable, loggedRows } from "./table";
import { xAxis, xTitle } from "./x-axis";

export type RunsChartModel = ChartModel;

/** How it is looked at. */
export interface RunsFrame {
  readonly scale?: ScaleKind;
  /** Shown range of x; all of it when absent. */
  readonly window?: Range;
  /** Pixels of the plot. */
  readonly width?: number;
  /** At most so many on a log axis. */
  readonly labels?: number;
}

export type RunsChartInput = RunsChartData & RunsFrame;

/** One range of x for several charts of the same series: all of them, from 0; clocks begin anywhere, metrics too. */
export function commonWindow(series: SeriesResponse["series"], x: XAxis = "step"): Range {
  const { min, max } = extentOf(series.flatMap(({ points }) => points.map((point) => point.x ?? NaN)));
  if (min > max) return { min: 0, max: 1 };
  return { min: fromZero(x) ? Math.min(0, min) : min, max };
}

const fromZero = (x: XAxis): boolean => x !== "time" && metricOfX(x) === null;

/** Several runs, one metric. Colour means run, or group, so all lines are solid. */
export function presentRunsChart(input: RunsChartInput): RunsChartModel {
  return frameRuns(prepareRuns(input), input);
}

/** All of a chart but its axes: made once for what was loaded, while what is shown of it moves with every frame. */
export interface PreparedRuns extends RunsParts {
  readonly state: "prepared";
  readonly input: RunsChartData;
  readonly whole: Range;
  readonly map: StepMap;
  readonly stops: readonly number[];
  readonly table: ReadyChart["table"];
  readonly omitted: string | null;
  csv(): string;
}

export function prepareRuns(input: RunsChartData): PreparedRuns | EmptyChart {
  const { metric, x = "step", groups } = input;
  const parts = groups ? groupSeries(input, groups) : plainSeries(input);
  const whole = extentOf(xsOf(parts));
  if (whole.min > whole.max) return emptyRuns(input);
  const places = parts.logged.flatMap(({ samples }) => samples.points);
  // Groups are means over their runs, by step.
  const rows = loggedRows(groups ? "step" : x, places);
  const shown = parts.logged.length;
  return {
    ...parts,
    state: "prepared",
    input,
    whole: { min: fromZero(x) ? Math.min(0, whole.min) : whole.min, max: whole.max },
    map: x === "step" ? STEPS_THEMSELVES : (metricOfX(x) === null ? stepMap : scatterMap)(places),
    stops: [...new Set(places.map((place) => place.x))].sort((a, b) => a - b),
    table: chartTable(metric, rows, parts.columns),
    omitted: omittedOf(input, shown),
    csv: () => chartCsv(rows, parts.columns),
  };
}

function omittedOf(
  { loading, metric, runs, total = runs.length }: RunsChartData,
  shown: number,
): string | null {
  if (loading) return "Loading …";
  return shown < total ? `${shown} of ${total} runs have ${metric}` : null;
}

function* xsOf({ series }: RunsParts): Iterable<number> {
  for (const one of series) for (const { x } of one.raw) yield x;
}

function emptyRuns({ runs, metric, series, loading, x = "step" }: RunsChartData): EmptyChart {
  const empty = (reason: string, remedy: EmptyChart["remedy"] = null): EmptyChart => ({
    ...{ state: "empty", title: metric, reason, remedy },
  });
  if (runs.length === 0) return empty("No run is chosen. Tick runs in the list to draw them.");
  if (loading) return empty(`Loading ${metric}.`);
  const unplaced = series.some(({ key, points }) => key === metric && points.length > 0);
  if (!unplaced) return empty(`No chosen run logged ${metric}.`);
  return empty(`No chosen run has ${xTitle(x)} to draw ${metric} over.`, {
    ...{ kind: "x-step", label: "Show by step" },
  });
}

/** Of one run: the spans of several would lie on each other. */
function divergedRanges(series: RunsParts["series"], { max }: Range): ReadyChart["ranges"] {
  const [only] = series;
  return only && series.length === 1
    ? spansOf(only.stretches, max).map((span) => ({ ...rangeOfSpan(span), lane: 0, anchor: "start" }))
    : [];
}

/** The chart as it is looked at: cheap, since it runs with every frame of a gesture. An empty one stays empty. */
export function frameRuns(prepared: PreparedRuns | EmptyChart, frame: RunsFrame): RunsChartModel {
  if (prepared.state === "empty") return prepared;
  const { input, series, intervals, stops, map } = prepared;
  const { metric, kind = "value", x = "step" } = input;
  const window = frame.window ?? prepared.whole;
  const heights = heightsWithin(
    series.map((one) => one.heights),
    window,
  );
  const left = valueAxis(heights, {
    scale: frame.scale ?? "linear",
    title: metric,
    kind,
    labels: frame.labels,
  });
  const axes = { left, right: null };
  return {
    state: "ready",
    title: metric,
    summary: prepared.summary,
    x: xAxis(x, window.min, window.max, frame.width ?? 640),
    left,
    right: null,
    lines: linesOf(series, axes),
    bands: [
      ...bandsOf(series, axes),
      ...intervals.map((one) => ({ ...one, points: bandOn(left, one.points) })),
    ],
    marks: marksOf(series),
    ranges: divergedRanges(series, window),
    rules: [],
    legend: prepared.legend,
    table: prepared.table,
    omitted: prepared.omitted,
    stops,
    stepOf: map.stepOf,
    hoverAt: (at) => {
      const stop = stops[nearestIndex(stops, at)];
      return stop === undefined ? null : prepared.cardAt(stop, map.stepOf(stop) ?? stop);
    },
    csv: prepared.csv,
  };
}
