import type { SeriesPoint } from "@/lib/contracts/metrics";
import { metricOfX, type XAxis } from "@/lib/contracts/words";
import { groupCurve, type GroupPoint } from "@/lib/domain/compare/curve";
import { bucketIndex } from "@/lib/domain/metrics/rollup";
import { formatLr, formatValue } from "@/lib/presenters/format/number";
import type { ChartBand } from "./chart-model";
import { faint, solid } from "./inks";
import { bandPieces, memberAlpha, ofRuns } from "./intervals";
import { withNeighbours } from "./neighbours";
import type { OverlaySeries } from "./overlay-series";
import { cardOf, drawnRuns, plainSeries, sampleAt, type RunsParts } from "./run-series";
import type { RunsChartData, RunsGroup } from "./runs-data";
import { Samples } from "./samples";
import { prepareSeries } from "./series-line";
import { smooth } from "./smooth";
import { nearestIndex } from "./step-map";
import type { RowPlace } from "./table";

const BAND_ALPHA = 0.14;

/** Runs meet at steps and at what goes with them; a clock or another metric is each run's own, and has no mean. */
export const canAverage = (x: XAxis): boolean => x !== "time" && metricOfX(x) === null;

/** A group's mean with its 95 % interval, the members faint behind it; where runs do not meet, the members alone. */
export function groupSeries(data: RunsChartData, groups: readonly RunsGroup[]): RunsParts {
  const inks = new Map(groups.flatMap(({ runs, css }) => runs.map((id) => [id, css] as const)));
  const runs = data.runs.map((run) => ({ ...run, css: inks.get(run.id) ?? run.css }));
  if (!canAverage(data.x ?? "step")) return plainSeries({ ...data, runs });
  const members = drawnRuns({ ...data, runs });
  const known = new Set(members.map(({ id }) => id));
  // The mean of those that happen to be here already would be another one.
  const whole = groups.filter(({ runs: own }) => !data.loading || own.every((id) => known.has(id)));
  const means = whole.flatMap((group) => meanOf(data, group) ?? []);
  const place = (x: number, step: number) => ({ kind: data.x ?? "step", x, step }) as const;
  return {
    series: [...groups.flatMap((group) => faintMembers(group, members)), ...means.map(({ line }) => line)],
    intervals: means.flatMap(({ band }) => band),
    logged: members.flatMap(({ id, logged }) => (logged ? [{ id, samples: new Samples(logged) }] : [])),
    legend: means.map(({ group, line: { axis, ink, width } }) => {
      const label = ofRuns(group.label, group.runs.filter((id) => known.has(id)).length, group.total);
      return { series: group.key, axis, label, ink, dash: [], width, area: false };
    }),
    columns: means.flatMap(({ group, at }) => [
      { head: `${group.label}, mean`, at: ({ step }: RowPlace) => text(at(step)?.last) },
      { head: `${group.label}, low`, at: ({ step }: RowPlace) => text(at(step)?.low) },
      { head: `${group.label}, high`, at: ({ step }: RowPlace) => text(at(step)?.high) },
      { head: `${group.label}, n`, at: ({ step }: RowPlace) => text(at(step)?.n) },
    ]),
    summary: `Mean ${data.metric} of ${groups.length === 1 ? "one group" : `${groups.length} groups`} of runs, with its 95 % interval where three runs or more are under way.`,
    cardAt: (x, step) =>
      cardOf(
        means.flatMap((mean) => rowOf(mean, place(x, step), data.kind ?? "value")),
        place(x, step),
        "groups",
      ),
  };
}

const text = (value: string | number | null | undefined): string =>
  value === null || value === undefined ? "" : String(value);

/** Smoothed ones stand for themselves: a raw line under each would hide what they are there to show. */
function faintMembers(group: RunsGroup, members: readonly OverlaySeries[]): OverlaySeries[] {
  const ids = new Set(group.runs);
  const own = members.filter(({ id }) => ids.has(id));
  const look = { series: group.key, ink: faint(solid(group.css), memberAlpha(own.length)), width: 1 };
  return own.map((one) => ({ ...one, ...look, raw: one.smoothed ?? one.raw, smoothed: null, envelope: [] }));
}

/** A point of a group: `last` is the mean. */
type MeanPoint = SeriesPoint & Pick<GroupPoint, "n" | "low" | "high">;

interface GroupMean {
  readonly group: RunsGroup;
  readonly line: OverlaySeries;
  readonly band: readonly ChartBand[];
  readonly samples: Samples;
  at(step: number): MeanPoint | null;
}

function meanOf({ series, metric, part, smoothing = 0 }: RunsChartData, group: RunsGroup): GroupMean | null {
  const own = meanSeries(series, metric, group);
  if (own.points.length === 0) return null;
  const whole = part ? meanSeries(part.whole, metric, group) : own;
  const drawn = part ? withNeighbours(own, whole, part.steps) : own;
  const range = Math.max(1, whole.points.at(-1)?.step ?? 0);
  const style = { axis: "left" as const, ink: solid(group.css), dash: [], width: 2 };
  const identity = { id: `mean ${group.key}`, series: group.key, label: group.label };
  const prepared = prepareSeries(drawn, smoothing, range);
  // The members show how it scatters; a raw mean under the smoothed one would only be one more.
  // It lies between them, so their heights are all that the axis needs, and one that explodes does not lift it.
  const line = {
    ...identity,
    ...style,
    ...prepared,
    smoothed: null,
    heights: [],
    raw: prepared.smoothed ?? prepared.raw,
  };
  const steps = own.points.map(({ step }) => step);
  return {
    group,
    line: { ...line, logged: null },
    band: bandOf(group, drawn.points, smoothing, range),
    samples: new Samples(own),
    at: (step) => {
      const point = own.points[nearestIndex(steps, step)];
      return point?.step === step ? point : null;
    },
  };
}

function meanSeries(series: RunsChartData["series"], metric: string, group: RunsGroup) {
  const ids = new Set(group.runs);
  const own = series.filter(({ key, run_id }) => key === metric && ids.has(run_id));
  const level = own[0]?.level ?? 0;
  const members = (value: (point: SeriesPoint) => number | null) =>
    own.map(({ points }) => ({
      points: points.map((point) => ({
        bucket: bucketIndex(point.step, level),
        step: point.step,
        value: value(point),
      })),
    }));
  const xs = new Map(groupCurve(members(({ x }) => x)).map(({ step, mean }) => [step, mean]));
  const points = groupCurve(members((point) => point.mean)).map(({ step, n, mean, low, high }): MeanPoint => {
    const value = { last: mean, min: mean, max: mean, mean, count: 1 };
    return { x: xs.get(step) ?? null, step, ...value, n, low, high };
  });
  return { key: metric, level, points };
}

function bandOf(
  { key, css }: RunsGroup,
  points: readonly MeanPoint[],
  smoothing: number,
  range: number,
): ChartBand[] {
  const placed = points.flatMap((point) => (point.x === null ? [] : [{ ...point, x: point.x }]));
  const steps = placed.map(({ step }) => step);
  const eased = (side: "low" | "high") => {
    const values = placed.map((point) => point[side]);
    if (smoothing === 0) return values;
    const smoothed = smooth(
      steps,
      values.map((value) => value ?? Number.NaN),
      smoothing,
      range,
    );
    return smoothed.map((value) => (Number.isFinite(value) ? value : null));
  };
  const [lows, highs] = [eased("low"), eased("high")];
  const interval = placed.map(({ x, step, n }, i) => ({
    x,
    step,
    n,
    low: lows[i] ?? null,
    high: highs[i] ?? null,
  }));
  const band = { series: key, axis: "left" as const, ink: faint(solid(css), BAND_ALPHA), outlined: false };
  return bandPieces(interval).map((area, i) => ({ ...band, id: `${key}:interval:${i}`, points: area }));
}

function rowOf(
  { group, samples, at }: GroupMean,
  place: Parameters<typeof sampleAt>[1],
  kind: "value" | "lr",
) {
  const sample = sampleAt(samples, place);
  const point = sample && at(sample.step);
  if (!sample || !point) return [];
  const shown = kind === "lr" ? formatLr : formatValue;
  const spread =
    point.low === null || point.high === null ? "" : `, 95 % ${shown(point.low)} … ${shown(point.high)}`;
  const look = { series: group.key, label: group.label, ink: solid(group.css), dash: [] };
  const row = { ...look, value: shown(sample.value), note: `n ${point.n}${spread}` };
  return [{ row, x: sample.x, y: sample.value }];
}
