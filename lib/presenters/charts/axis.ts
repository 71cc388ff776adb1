import type { ChartAxis, ChartPoint, Range, ScaleKind } from "./chart-model";
import {
  linearTicks,
  logLabels,
  logTicks,
  lrLogLabels,
  lrTicks,
  minorLogTicks,
  roundest,
  valueTicks,
} from "./ticks";

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

/** A value axis around its data with room at both ends, so that no line lies on the frame. */
export function valueAxis(extent: Extent, wish: AxisWish): ChartAxis {
  const axis = wish.scale === "log" ? logAxis(extent, wish) : linearAxis(extent, wish);
  // Where all is NaN there is no number to put beside it.
  return extent.min > extent.max ? { ...axis, ticks: [], minor: [] } : axis;
}

/** Room at either end, as shares of what the data span: 5 to 8 % of the axis. */
const ROOM = { least: 0.06, most: 0.09 };
/** What a single value spans, as a share of itself. */
const ALONE = 0.5;

function linearAxis(extent: Extent, { title, kind }: AxisWish): ChartAxis {
  const empty = extent.min > extent.max;
  // A rate is read against zero; a metric against its own range.
  const low = empty ? 0 : kind === "lr" ? Math.min(0, extent.min) : extent.min;
  const high = empty ? 1 : extent.max;
  const around = high > low ? 0 : (Math.abs(high) || 1) * (ALONE / 2);
  const { min, max } = roomy(low - around, high + around);
  const values = linearTicks(min, max, TICKS);
  const ticks = kind === "lr" ? lrTicks(values) : valueTicks(values);
  return { scale: "linear", min, max, title, ticks, minor: [], floor: null };
}

/** Ends that leave room, on numbers so round that they stay put while a live run moves a little. */
function roomy(low: number, high: number): Range {
  const span = high - low;
  return {
    min: roundest(low - ROOM.most * span, low - ROOM.least * span),
    max: roundest(high + ROOM.least * span, high + ROOM.most * span),
  };
}

/** The narrowest log axis: ends this far apart as a factor. */
const NARROWEST = 1.1;

function logAxis(extent: Extent, { title, kind, labels }: AxisWish): ChartAxis {
  const low = Number.isFinite(extent.minPositive) ? extent.minPositive : 0.1;
  const high = Math.max(low, extent.max);
  const spread = Math.max(1, Math.sqrt(NARROWEST / (high / low)));
  const decades = Math.log10((high / low) * spread * spread);
  const beyond = (share: number) => Math.pow(10, share * decades);
  const [bottom, top] = [low / spread, high * spread];
  const min = roundest(bottom / beyond(ROOM.most), bottom / beyond(ROOM.least));
  const max = roundest(top * beyond(ROOM.least), top * beyond(ROOM.most));
  const values = logTicks(min, max, TICKS + 1, labels);
  const ticks = kind === "lr" ? lrLogLabels(values) : logLabels(values);
  const axis = { scale: "log" as const, max, title, minor: minorLogTicks(min, max, values) };
  if (!extent.nonPositive) return { ...axis, min, ticks, floor: null };
  // The floor lies under every positive value, apart by as much room again and named on the axis.
  const floor = min / beyond(ROOM.least);
  return {
    ...axis,
    min: floor / beyond(ROOM.least),
    ticks: [{ value: floor, label: "≤ 0" }, ...ticks],
    floor,
  };
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
