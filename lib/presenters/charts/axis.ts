import type { ChartAxis, ChartPoint, Range, ScaleKind } from "./chart-model";
import { linearTicks, logLabels, logTicks, lrTicks, niceAbove, valueTicks } from "./ticks";

/** What an axis has to hold: the extent of its values, and of those a log axis can show. */
export interface Extent {
  readonly min: number;
  readonly max: number;
  readonly minPositive: number;
  readonly nonPositive: boolean;
}

const NOTHING: Extent = { min: Infinity, max: -Infinity, minPositive: Infinity, nonPositive: false };

type Growing = { -readonly [K in keyof Extent]: Extent[K] };

function take(extent: Growing, value: number): void {
  if (!Number.isFinite(value)) return;
  if (value < extent.min) extent.min = value;
  if (value > extent.max) extent.max = value;
  if (value > 0 && value < extent.minPositive) extent.minPositive = value;
  if (value <= 0) extent.nonPositive = true;
}

export function extentOf(values: Iterable<number>): Extent {
  const extent = { ...NOTHING };
  for (const value of values) take(extent, value);
  return extent;
}

/** Of lines' heights between two x; of all of them when none lies there. Runs once a frame while a chart is moved. */
export function heightsWithin(lines: readonly (readonly ChartPoint[])[], { min, max }: Range): Extent {
  const [inside, all] = [{ ...NOTHING }, { ...NOTHING }];
  for (const line of lines) {
    for (const { x, y } of line) {
      if (y === null) continue;
      take(all, y);
      if (x >= min && x <= max) take(inside, y);
    }
  }
  return inside.min > inside.max ? all : inside;
}

const TICKS = 5;

interface AxisWish {
  readonly scale: ScaleKind;
  readonly title: string;
  readonly kind: "value" | "lr";
  /** At most so many on a log axis. */
  readonly labels?: number;
}

/** A value axis around its data, ending on round numbers so that it stays put while a live run moves a little. */
export function valueAxis(extent: Extent, wish: AxisWish): ChartAxis {
  const axis = wish.scale === "log" ? logAxis(extent, wish) : linearAxis(extent, wish);
  // Where all is NaN there is no number to put beside it.
  return extent.min > extent.max ? { ...axis, ticks: [] } : axis;
}

function linearAxis(extent: Extent, { title, kind }: AxisWish): ChartAxis {
  const empty = extent.min > extent.max;
  // A rate is read against zero; a metric against its own range.
  const low = empty ? 0 : kind === "lr" ? Math.min(0, extent.min) : extent.min;
  const high = empty ? 1 : extent.max;
  const span = high - low || Math.abs(high) || 1;
  const step = niceAbove(span / TICKS);
  const min = Math.floor(low / step + 1e-9) * step;
  const max = Math.max(Math.ceil(high / step - 1e-9) * step, min + step);
  const values = linearTicks(min, max, TICKS);
  const ticks = kind === "lr" ? lrTicks(values) : valueTicks(values);
  return { scale: "linear", min, max, title, ticks, floor: null };
}

const FLOOR_SHARE = 0.5;

function logAxis(extent: Extent, { title, kind, labels }: AxisWish): ChartAxis {
  const low = Number.isFinite(extent.minPositive) ? extent.minPositive : 0.1;
  const high = Math.max(low, extent.max);
  const min = logBound(low, -1);
  const max = Math.max(logBound(high, 1), min * 2);
  const values = logTicks(min, max, TICKS + 1, labels);
  const ticks = kind === "lr" ? lrTicks(values) : logLabels(values);
  if (!extent.nonPositive) return { scale: "log", min, max, title, ticks, floor: null };
  // The floor lies under every positive value, apart by a fixed share of the height and named on the axis.
  const floor = min * Math.pow(min / max, FLOOR_SHARE / TICKS);
  return { scale: "log", min: floor, max, title, ticks: [{ value: floor, label: "≤ 0" }, ...ticks], floor };
}

/** The nearest 1, 2 or 5 × 10^k at or beyond `value`, downwards (−1) or upwards (1). */
function logBound(value: number, direction: -1 | 1): number {
  const power = Math.pow(10, Math.floor(Math.log10(value) + 1e-12));
  const steps = [1, 2, 5, 10].map((factor) => factor * power);
  return direction < 0
    ? (steps.findLast((step) => step <= value * (1 + 1e-9)) ?? power)
    : (steps.find((step) => step >= value * (1 - 1e-9)) ?? power * 10);
}

/** Where a value is drawn: itself, or the floor when a log axis cannot hold it. */
export function placeOn(axis: ChartAxis, value: number): number {
  return axis.scale === "log" && value <= 0 ? (axis.floor ?? axis.min) : value;
}

/** Share of the axis' length from its lower end, unclamped. */
export function fractionOn(axis: ChartAxis, value: number): number {
  const span = axis.scale === "log" ? Math.log(axis.max / axis.min) : axis.max - axis.min;
  const above = axis.scale === "log" ? Math.log(placeOn(axis, value) / axis.min) : value - axis.min;
  return span === 0 ? 0 : above / span;
}
