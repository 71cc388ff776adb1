import { metricOfX } from "@/lib/contracts/words";
import type { Overlay } from "@/lib/contracts/overlay";
import { annotate } from "./annotations";
import { heightsWithin, placeOn, valueAxis } from "./axis";
import type { ChartAxis, ChartMark, ChartModel, EmptyChart, ReadyChart, ScaleKind } from "./chart-model";
import { driftAreas } from "./drift";
import { hoverCard } from "./hover";
import { DRIFT_ALPHA, DRIFT_INK, faint } from "./inks";
import { bandsOf, linesOf, marksOf } from "./layers";
import { overlayColumns } from "./overlay-columns";
import { lrSeries, metricSeries, overlayLegend, type OverlaySeries } from "./overlay-series";
import { overlaySummary } from "./overlay-summary";
import { Samples } from "./samples";
import { placedPoints } from "./series-line";
import { type Span, spansOf } from "./stretches";
import { nearestIndex, scatterMap, stepMap, STEPS_THEMSELVES, type StepMap } from "./step-map";
import { chartCsv, chartTable, loggedRows } from "./table";
import { defaultLeftScale, type OverlayView } from "./view";
import { xAxis, xTitle } from "./x-axis";
import type { StepWindow } from "./zoom";

export interface OverlayFrame {
  readonly view: OverlayView;
  /** Steps that the unzoomed chart covers. */
  readonly extent: StepWindow;
  /** The whole run on the overlay's own x, for where the lines of a part of it go on; absent: they end. */
  readonly whole?: Overlay | null;
  readonly runName: string;
  /** The run's colour, as a CSS value. */
  readonly runCss: string;
  /** Pixels of the plot, for the number of ticks and the rows of labels. */
  readonly width: number;
}

/** The chart of a run: metrics on the left axis, learning rates on the right, what happened when over both. */
export function presentOverlay(overlay: Overlay, frame: OverlayFrame): ChartModel {
  const { view, extent } = frame;
  const keys = view.metrics ?? overlay.metrics.map((metric) => metric.key);
  const whole = frame.whole?.x === overlay.x ? frame.whole : null;
  const style = { runCss: frame.runCss, smoothing: view.smoothing, range: extent.to - extent.from, whole };
  const series = [...metricSeries(overlay, keys, style), ...lrSeries(overlay, whole)];
  const title = `${frame.runName}: ${[...keys, "learning rate"].join(", ")}`;
  const map = mapOf(overlay);
  const range = map.rangeOf(view.window ?? extent);
  const empty = emptyReason(overlay, view, series, keys);
  if (empty || range === null) return { state: "empty", title, ...(empty ?? NOTHING_LOGGED) };
  return readyOverlay(overlay, frame, {
    series,
    keys,
    title,
    map,
    x: xAxis(overlay.x, range.min, range.max, frame.width),
  });
}

interface Parts {
  readonly series: readonly OverlaySeries[];
  readonly keys: readonly string[];
  readonly title: string;
  readonly map: StepMap;
  readonly x: ChartAxis;
}

function readyOverlay(
  overlay: Overlay,
  frame: OverlayFrame,
  { series, keys, title, map, x }: Parts,
): ReadyChart {
  const scales = { left: frame.view.left ?? defaultLeftScale(keys), right: frame.view.right ?? "linear" };
  const left = axisOf(series, "left", scales.left, x);
  const right = axisOf(series, "right", scales.right, x);
  const axes = { left, right };
  const samples = new Map(
    series.flatMap((one) => (one.logged ? [[one.id, new Samples(one.logged)] as const] : [])),
  );
  const rows = loggedRows(
    overlay.x,
    [...samples.values()].flatMap((own) => own.points),
  );
  const drift = driftAreas(overlay).map((area) => ({
    id: `drift-${area.from}`,
    series: "drift",
    axis: "right" as const,
    ink: faint(DRIFT_INK, DRIFT_ALPHA),
    outlined: true,
    points: area.points.map((at) => ({ x: at.x, low: place(right, at.low), high: place(right, at.high) })),
  }));
  const columns = overlayColumns(overlay, series, samples);
  const spans = spansOf(
    series.flatMap((one) => one.stretches),
    x.max,
  );
  const stops = stopsOf(overlay, samples);
  return {
    state: "ready",
    title,
    summary: overlaySummary(overlay, series),
    x,
    left,
    right,
    // The metric asked for first lies over the others, the LR over all.
    lines: linesOf(
      [
        ...series.filter((one) => one.axis === "left").reverse(),
        ...series.filter((one) => one.axis === "right"),
      ],
      axes,
    ),
    bands: [...drift, ...bandsOf(series, axes)],
    marks: spans.length > 0 ? oneEach(marksOf(series), spans) : marksOf(series),
    ...annotate(
      overlay.events,
      map,
      { min: x.min, max: x.max, steps: frame.view.window ?? frame.extent, width: frame.width },
      spans,
    ),
    legend: overlayLegend(overlay, series),
    table: chartTable(title, rows, columns),
    omitted: null,
    stops: stops.xs,
    stepOf: map.stepOf,
    hoverAt: (at) => {
      const i = nearestIndex(stops.xs, at);
      const [stop, step] = [stops.xs[i], stops.steps[i]];
      return stop === undefined || step === undefined
        ? null
        : hoverCard({ overlay, series, samples }, step, stop);
    },
    csv: () => chartCsv(rows, columns),
  };
}

/** Metrics that broke off together are told by one mark. */
const oneEach = (marks: readonly ChartMark[], spans: readonly Span[]): ChartMark[] =>
  spans.flatMap(({ mark }) => marks.find(({ x, value }) => x === mark.x && value === mark.value) ?? []);

const place = (axis: ChartAxis | null, value: number): number => (axis ? placeOn(axis, value) : value);

/** Around what is in the window; around everything while the window's own points are still on their way. */
function axisOf(series: readonly OverlaySeries[], id: "left" | "right", scale: ScaleKind, x: ChartAxis) {
  const own = series.filter((one) => one.axis === id);
  if (own.length === 0) return null;
  const extent = heightsWithin(
    own.map((one) => one.heights),
    x,
  );
  const title = id === "right" ? "learning rate" : own.map((one) => one.label).join(", ");
  return valueAxis(extent, { scale, title, kind: id === "right" ? "lr" : "value" });
}

/** Steps of the overlay's window on its x axis. */
export function mapOf(overlay: Overlay): StepMap {
  if (overlay.x === "step") return STEPS_THEMSELVES;
  const logged = [...overlay.metrics, ...(overlay.lr.actual ? [overlay.lr.actual] : [])];
  const curves = [overlay.lr.declared, overlay.lr.effective].flatMap((curve) => (curve ? [curve] : []));
  // Beyond the last logged point only steps are known, so other axes end there.
  return (metricOfX(overlay.x) === null ? stepMap : scatterMap)([
    ...curves.flatMap((curve) => curve.steps.map((step, i) => ({ step, x: curve.x[i] ?? null }))),
    ...logged.flatMap((series) => series.points),
  ]);
}

/** Where the crosshair can stand, x ascending, with the step each place belongs to. */
function stopsOf({ lr }: Overlay, samples: ReadonlyMap<string, Samples>) {
  const byX = new Map<number, number>();
  for (const [i, step] of (lr.declared?.steps ?? []).entries()) {
    const x = lr.declared?.x[i];
    if (x !== null && x !== undefined) byX.set(x, step);
  }
  for (const own of samples.values()) for (const { x, step } of own.points) byX.set(x, step);
  const xs = [...byX.keys()].sort((a, b) => a - b);
  return { xs, steps: xs.map((x) => byX.get(x) ?? 0) };
}

type Emptiness = Omit<EmptyChart, "state" | "title">;

const NOTHING_LOGGED: Emptiness = {
  reason: "Nothing has been logged yet. Points appear here as soon as the job sends them.",
  remedy: null,
};

function emptyReason(
  overlay: Overlay,
  view: OverlayView,
  series: readonly OverlaySeries[],
  keys: readonly string[],
): Emptiness | null {
  // A neighbour outside the window is nothing in it.
  if (series.some((one) => (one.logged ? placedPoints(one.logged) : one.raw).length > 0)) return null;
  const logged = [...overlay.metrics, ...(overlay.lr.actual ? [overlay.lr.actual] : [])];
  const unplaced = logged.some((one) => one.points.length > placedPoints(one).length);
  if (unplaced) {
    const reason = `This run logged no ${xTitle(overlay.x)}, so there is no such axis to draw it on.`;
    return { reason, remedy: { kind: "x-step", label: "Show by step" } };
  }
  if (overlay.last_step === null) return NOTHING_LOGGED;
  if (view.window) {
    const reason = `Nothing was logged between steps ${view.window.from} and ${view.window.to}.`;
    return { reason, remedy: { kind: "reset-zoom", label: "Show the whole run" } };
  }
  if (keys.length === 0) {
    return { reason: "No metric is chosen.", remedy: { kind: "add-metric", label: "Choose metrics" } };
  }
  return {
    reason: `This run has no ${keys.join(", ")}.`,
    remedy: { kind: "add-metric", label: "Choose metrics" },
  };
}
