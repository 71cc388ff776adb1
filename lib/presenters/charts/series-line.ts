import { toNumber } from "@/lib/contracts/wire-number";
import type { SeriesPoint } from "@/lib/contracts/metrics";
import type { ChartLine, ChartPoint } from "./chart-model";
import { heightsOf, type Stretch, stretchesIn } from "./stretches";
import { smooth } from "./smooth";

/** A series taken apart for drawing; values as logged, not yet placed on an axis. */
export interface PreparedSeries {
  /** Visits the extremes of every bucket; `y: null` breaks the line. */
  readonly raw: readonly ChartPoint[];
  readonly smoothed: readonly ChartPoint[] | null;
  /**
   * One piece per stretch of neighbouring buckets that hold more than their last value. Nothing is joined across a hole,
   * a single value, one that is not finite, or an x that goes back.
   */
  readonly envelope: readonly (readonly {
    readonly x: number;
    readonly low: number;
    readonly high: number;
  }[])[];
  /** Where nothing finite was logged. */
  readonly stretches: readonly Stretch[];
  /** Those of `raw` that an axis has to hold. */
  readonly heights: readonly ChartPoint[];
}

/** What was logged of one metric, in order of steps. */
export interface Logged {
  readonly points: readonly SeriesPoint[];
}

export type PlacedPoint = SeriesPoint & { readonly x: number };

/** Points that have a coordinate on the chosen axis, in order of steps. */
export function placedPoints(series: Logged): PlacedPoint[] {
  return series.points.flatMap((point) => (point.x === null ? [] : [{ ...point, x: point.x }]));
}

/**
 * A stretch this many times longer than the spacing on both its sides is a hole, not a rhythm. Comparing with both
 * neighbours leaves series alone that are logged ever more rarely.
 */
const HOLE = 10;

export function holeBefore(points: readonly { readonly step: number }[], i: number): boolean {
  const [a, b, c, d] = [points[i - 2], points[i - 1], points[i], points[i + 1]];
  if (!a || !b || !c || !d) return false;
  const gap = c.step - b.step;
  return gap > HOLE * Math.max(b.step - a.step, 1) && gap > HOLE * Math.max(d.step - c.step, 1);
}

/** @param smoothing 0 to 1; @param range steps of the whole run, see `smooth` */
export function prepareSeries(series: Logged, smoothing: number, range: number): PreparedSeries {
  const points = placedPoints(series);
  const raw: ChartPoint[] = [];
  const { stretches, exploded } = stretchesIn(points);
  points.forEach((point, i) => {
    if (holeBefore(points, i)) raw.push({ x: point.x, y: null });
    raw.push(...visits(point, lastValue(raw)));
  });
  return {
    raw,
    smoothed: smoothing > 0 ? smoothedLine(points, smoothing, range) : null,
    envelope: envelopeOf(points),
    stretches,
    heights: heightsOf(raw, exploded),
  };
}

function envelopeOf(points: readonly PlacedPoint[]): PreparedSeries["envelope"] {
  const pieces: { x: number; low: number; high: number }[][] = [];
  points.forEach(({ x, count, min, max }, i) => {
    if (count < 2 || min === null || max === null) return;
    const before = points[i - 1];
    const piece = pieces.at(-1);
    const joined = before && piece?.at(-1)?.x === before.x && x > before.x && !holeBefore(points, i);
    if (piece && joined) piece.push({ x, low: min, high: max });
    else pieces.push([{ x, low: min, high: max }]);
  });
  return pieces;
}

/**
 * Where the line goes within one bucket: the extremes that the way from the previous value to the bucket's last does not
 * pass anyway, the one nearer to where the line comes from first, then the last value. A single observation is one point.
 */
function visits(point: PlacedPoint, previous: number | null): ChartPoint[] {
  const { x, min, max } = point;
  const last = toNumber(point.last);
  const from = previous ?? last;
  const passed = (value: number) => value >= Math.min(from, last) && value <= Math.max(from, last);
  const extremes = min === null || max === null || point.count < 2 ? [] : nearerFirst(min, max, from);
  const values: (number | null)[] = extremes.filter((value) => !passed(value));
  values.push(Number.isFinite(last) ? last : null);
  return values.map((y) => ({ x, y }));
}

const nearerFirst = (min: number, max: number, from: number): number[] =>
  Math.abs(from - max) < Math.abs(from - min) ? [max, min] : [min, max];

const lastValue = (line: readonly ChartPoint[]): number | null => line.at(-1)?.y ?? null;

function smoothedLine(points: readonly PlacedPoint[], smoothing: number, range: number): ChartPoint[] {
  const steps = points.map((point) => point.step);
  const values = points.map((point) => point.mean ?? NaN);
  const line: ChartPoint[] = [];
  smooth(steps, values, smoothing, range).forEach((value, i) => {
    const x = points[i]?.x ?? 0;
    if (holeBefore(points, i)) line.push({ x, y: null });
    line.push({ x, y: Number.isFinite(value) ? value : null });
  });
  return line;
}

const LONELY_RADIUS = 2.5;

/** A radius per point: one that has no neighbour on its line would otherwise leave no ink. 0 when there is none such. */
export function lonelyRadii(points: readonly ChartPoint[]): ChartLine["radii"] {
  const radii = points.map(({ y }, i) => {
    const alone = (points[i - 1]?.y ?? null) === null && (points[i + 1]?.y ?? null) === null;
    return y !== null && alone ? LONELY_RADIUS : 0;
  });
  return radii.some((radius) => radius > 0) ? radii : 0;
}
