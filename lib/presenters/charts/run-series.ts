import type { XAxis } from "@/lib/contracts/metrics";
import { formatValue } from "@/lib/presenters/format/number";
import type { ChartBand, HoverCard, HoverRow, LegendEntry } from "./chart-model";
import { hoverTitle } from "./hover";
import { solid } from "./inks";
import { withNeighbours } from "./neighbours";
import type { OverlaySeries } from "./overlay-series";
import type { RunsChartData } from "./runs-data";
import { Samples } from "./samples";
import { prepareSeries } from "./series-line";
import type { Column, RowPlace } from "./table";

/** What is drawn of several runs, and what is said about it. */
export interface RunsParts {
  readonly series: readonly OverlaySeries[];
  /** Areas that belong to no single run: where a group's mean lies. */
  readonly intervals: readonly ChartBand[];
  /** The runs that have the metric, with what they logged. */
  readonly logged: readonly { readonly id: string; readonly samples: Samples }[];
  readonly legend: readonly LegendEntry[];
  readonly columns: readonly Column[];
  readonly summary: string;
  cardAt(x: number, step: number): HoverCard;
}

const CARD_ROWS = 12;
/** Ranges of more runs than this lie on each other as a fog; the lines visit the extremes anyway. */
const MAX_ENVELOPES = 12;

/** The runs' own lines. */
export function plainSeries(data: RunsChartData): RunsParts {
  const { metric, x = "step" } = data;
  const drawn = drawnRuns(data);
  const series = drawn.length > MAX_ENVELOPES ? drawn.map((one) => ({ ...one, envelope: [] })) : drawn;
  const samples = new Map(
    series.flatMap((one) => (one.logged ? [[one.id, new Samples(one.logged)] as const] : [])),
  );
  return {
    series,
    intervals: [],
    logged: [...samples].map(([id, own]) => ({ id, samples: own })),
    legend: series.map(legendOf),
    columns: series.map((one) => ({
      head: one.label,
      at: (place: RowPlace) => samples.get(one.id)?.in(place)?.text ?? "",
    })),
    summary: `${metric} of ${series.length === 1 ? "one run" : `${series.length} runs`}. ${lastSentence(series)}`,
    cardAt: (at, step) => runsCard(series, samples, { kind: x, x: at, step }),
  };
}

/** Each run's line with what it was logged with. */
export function drawnRuns({ runs, series, metric, smoothing = 0, part }: RunsChartData): OverlaySeries[] {
  const own = byRun(series, metric);
  const all = part ? byRun(part.whole, metric) : own;
  const range = Math.max(1, ...[...all.values()].map((one) => one.points.at(-1)?.step ?? 0));
  return runs.flatMap((run) => {
    const logged = own.get(run.id);
    if (!logged) return [];
    const drawn = part ? withNeighbours(logged, all.get(run.id), part.steps) : logged;
    if (drawn.points.length === 0) return [];
    const prepared = prepareSeries(drawn, smoothing, range);
    if (prepared.raw.length === 0) return [];
    const style = { axis: "left" as const, ink: solid(run.css), dash: [], width: 1.5 };
    return [{ id: run.id, label: run.name, ...style, ...prepared, logged }];
  });
}

type Series = RunsChartData["series"];

const byRun = (series: Series, metric: string): Map<string, Series[number]> =>
  new Map(series.flatMap((one) => (one.key === metric ? [[one.run_id, one]] : [])));

const legendOf = ({ id, axis, label, ink, dash, width }: OverlaySeries): LegendEntry => ({
  ...{ series: id, axis, label, ink, dash, width, area: false },
});

interface Place {
  readonly kind: XAxis;
  readonly x: number;
  readonly step: number;
}

/** A run's sample nearest to a place: by step on an axis of steps, else by what the axis shows. */
export const sampleAt = (samples: Samples | undefined, { kind, x, step }: Place) =>
  kind === "step" ? samples?.nearest(step) : samples?.nearestX(x);

/** The nearest sample of each run, lowest first as they lie on the chart from below, at most a dozen. */
function runsCard(
  series: readonly OverlaySeries[],
  samples: ReadonlyMap<string, Samples>,
  place: Place,
): HoverCard {
  const found = series.flatMap(({ id, label, ink, dash }) => {
    const sample = sampleAt(samples.get(id), place);
    if (!sample) return [];
    const note = sample.step === Math.round(place.step) ? null : `step ${sample.step}`;
    const row = { series: id, label, ink, dash, value: sample.text, note };
    return [{ row, x: sample.x, y: sample.value }];
  });
  return cardOf(found, place, "runs");
}

interface Found {
  readonly row: HoverRow;
  readonly x: number;
  readonly y: number;
}

export function cardOf(found: readonly Found[], { kind, x, step }: Place, what: string): HoverCard {
  const sorted = [...found].sort((a, b) => a.y - b.y);
  return {
    x,
    title: hoverTitle(kind, Math.round(step), x),
    rows: sorted.slice(0, CARD_ROWS).map(({ row }) => row),
    dots: sorted
      .filter(({ y }) => Number.isFinite(y))
      .map(({ row, x: at, y }) => ({ axis: "left", x: at, y, ink: row.ink })),
    notes: sorted.length > CARD_ROWS ? [`${CARD_ROWS} of ${sorted.length} ${what}`] : [],
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
