import type { SeriesResponse, XAxis } from "@/lib/contracts/metrics";
import { formatValue } from "@/lib/presenters/format/number";
import { extentOf, valueAxis } from "./axis";
import type { ChartModel, HoverCard, ReadyChart, ScaleKind } from "./chart-model";
import { hoverTitle } from "./hover";
import { solid } from "./inks";
import { bandsOf, linesOf, marksOf } from "./layers";
import type { OverlaySeries } from "./overlay-series";
import { Samples } from "./samples";
import { prepareSeries } from "./series-line";
import { withNeighbours } from "./neighbours";
import { nearestIndex, stepMap, STEPS_THEMSELVES } from "./step-map";
import { chartCsv, chartTable } from "./table";
import { xAxis } from "./x-axis";
import type { StepWindow } from "./zoom";

export type RunsChartModel = ChartModel;

export interface RunsChartInput {
  readonly series: SeriesResponse["series"];
  /** In the order of the legend; runs that the series lack are left out. */
  readonly runs: readonly { readonly id: string; readonly name: string; readonly css: string }[];
  readonly metric: string;
  readonly x?: XAxis;
  readonly scale?: ScaleKind;
  readonly smoothing?: number;
  /** Shown range of x; all of it when absent. */
  readonly window?: { readonly min: number; readonly max: number };
  /** When `series` is a part of the runs: its steps, and the whole runs on the same x, for where the lines go on. */
  readonly part?: { readonly steps: StepWindow; readonly whole: SeriesResponse["series"] } | null;
  /** Pixels of the plot. */
  readonly width?: number;
  /** A learning rate is written and anchored like one. */
  readonly kind?: "value" | "lr";
  /** How many runs the reader asked for, when `runs` is a part of them. */
  readonly total?: number;
}

/** One range of x for several charts of the same series: all of them, from 0. */
export function commonWindow(series: SeriesResponse["series"]): { min: number; max: number } {
  const { min, max } = extentOf(series.flatMap(({ points }) => points.map(({ x }) => x ?? NaN)));
  return min > max ? { min: 0, max: 1 } : { min: Math.min(0, min), max };
}

const CARD_ROWS = 12;

type SamplesOf = ReadonlyMap<string, Samples>;

/** Several runs, one metric. Colour means run, so all lines are solid. */
export function presentRunsChart(input: RunsChartInput): RunsChartModel {
  const { metric, kind = "value", x = "step", scale = "linear" } = input;
  const series = runSeries(input);
  const points = series.flatMap((one) => one.raw);
  if (points.length === 0) {
    const reason =
      input.runs.length === 0
        ? "No run is chosen. Tick runs in the list to draw them."
        : `No chosen run logged ${metric}.`;
    return { state: "empty", title: metric, reason, remedy: null };
  }
  const whole = extentOf(points.map((point) => point.x));
  // Clocks begin anywhere; everything else is counted from 0.
  const window = input.window ?? { min: x === "time" ? whole.min : Math.min(0, whole.min), max: whole.max };
  const inside = points.filter((point) => point.x >= window.min && point.x <= window.max);
  const extent = extentOf((inside.length > 0 ? inside : points).map((point) => point.y ?? NaN));
  const left = valueAxis(extent, { scale, title: metric, kind });
  return readyRuns(input, series, xAxis(x, window.min, window.max, input.width ?? 640), left);
}

function runSeries({ runs, series, metric, smoothing = 0, part }: RunsChartInput): OverlaySeries[] {
  const own = series.filter((one) => one.key === metric);
  const all = part?.whole.filter((one) => one.key === metric) ?? own;
  const range = Math.max(1, ...all.map((one) => one.points.at(-1)?.step ?? 0));
  return runs.flatMap((run) => {
    const logged = own.find((one) => one.run_id === run.id);
    if (!logged) return [];
    const around = part ? all.find((one) => one.run_id === run.id) : undefined;
    const drawn = part ? withNeighbours(logged, around, part.steps) : logged;
    if (drawn.points.length === 0) return [];
    const style = {
      id: run.id,
      label: run.name,
      axis: "left" as const,
      ink: solid(run.css),
      dash: [],
      width: 1.5,
    };
    return [{ ...style, ...prepareSeries(drawn, smoothing, range), logged }];
  });
}

function readyRuns(
  input: RunsChartInput,
  series: readonly OverlaySeries[],
  x: ReadyChart["x"],
  left: ReadyChart["left"],
): ReadyChart {
  const samples = new Map(
    series.flatMap((one) => (one.logged ? [[one.id, new Samples(one.logged)] as const] : [])),
  );
  const places = [...samples.values()].flatMap((own) => [...own]);
  const steps = [...new Set(places.map((sample) => sample.step))].sort((a, b) => a - b);
  const stops = [...new Set(places.map((sample) => sample.x))].sort((a, b) => a - b);
  const map = (input.x ?? "step") === "step" ? STEPS_THEMSELVES : stepMap(places);
  const columns = series.map((one) => ({
    head: one.label,
    at: (step: number) => samples.get(one.id)?.at(step)?.text ?? "",
  }));
  const total = input.total ?? input.runs.length;
  return {
    state: "ready",
    title: input.metric,
    summary: `${input.metric} of ${series.length === 1 ? "one run" : `${series.length} runs`}. ${lastSentence(series)}`,
    x,
    left,
    right: null,
    lines: linesOf(series, { left, right: null }),
    bands: bandsOf(series, { left, right: null }),
    marks: marksOf(series),
    ranges: [],
    rules: [],
    legend: series.map(({ id, axis, label, ink, dash, width }) => ({
      series: id,
      axis,
      label,
      ink,
      dash,
      width,
      area: false,
    })),
    table: chartTable(input.metric, steps, columns),
    omitted: series.length < total ? `${series.length} of ${total} runs have ${input.metric}` : null,
    stops,
    stepOf: map.stepOf,
    hoverAt: (at) => {
      const stop = stops[nearestIndex(stops, at)];
      return stop === undefined
        ? null
        : runsCard(input.x ?? "step", series, samples, stop, map.stepOf(stop) ?? stop);
    },
    csv: () => chartCsv(steps, columns),
  };
}

/** The nearest sample of each run, lowest first as they lie on the chart from below, at most a dozen. */
function runsCard(
  kind: XAxis,
  series: readonly OverlaySeries[],
  samples: SamplesOf,
  x: number,
  step: number,
): HoverCard {
  const found = series.flatMap(({ id, label, ink, dash }) => {
    const sample = samples.get(id)?.nearest(step);
    if (!sample) return [];
    const note = sample.step === Math.round(step) ? null : `step ${sample.step}`;
    return [
      { row: { series: id, label, ink, dash, value: sample.text, note }, x: sample.x, y: sample.value },
    ];
  });
  const sorted = found.sort((a, b) => a.y - b.y);
  const left = sorted.length - CARD_ROWS;
  return {
    x,
    title: hoverTitle(kind, Math.round(step), x),
    rows: sorted.slice(0, CARD_ROWS).map(({ row }) => row),
    dots: sorted
      .filter(({ y }) => Number.isFinite(y))
      .map(({ row, x: at, y }) => ({ axis: "left", x: at, y, ink: row.ink })),
    notes: left > 0 ? [`${CARD_ROWS} of ${sorted.length} runs`] : [],
  };
}

function lastSentence(series: readonly OverlaySeries[]): string {
  const lasts = series.flatMap(({ label, logged }) => {
    const last = logged?.points.at(-1);
    return last && typeof last.last === "number" ? [{ label, last: last.last }] : [];
  });
  const [lowest] = lasts.sort((a, b) => a.last - b.last);
  const highest = lasts.at(-1);
  if (!lowest || !highest) return "";
  if (lasts.length === 1) return `Its last value is ${formatValue(lowest.last)}.`;
  return `Last values run from ${formatValue(lowest.last)} (${lowest.label}) to ${formatValue(highest.last)} (${highest.label}).`;
}
