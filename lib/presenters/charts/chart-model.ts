/**
 * What a line chart draws. Presenters decide everything here (axes, gaps, inks, labels, words); components only put it
 * on a canvas. x is in the unit of the x axis, y in the unit of its own axis, already placed: a value that a log axis
 * cannot hold sits on that axis' floor.
 */
export type AxisId = "left" | "right";
export type ScaleKind = "linear" | "log";

/** A CSS colour, usually a variable, and the share of it to use: 0 (nothing) to 1 (solid). */
export interface Ink {
  readonly css: string;
  readonly alpha: number;
}

/** A stretch of an axis, in its units. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** `y` is null where the line is broken. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number | null;
}

export interface ChartLine {
  readonly id: string;
  /** The legend entry it belongs to: highlighted and dimmed together. */
  readonly series: string;
  readonly axis: AxisId;
  readonly ink: Ink;
  /** Pixels. */
  readonly width: number;
  /** Pixels on, off, on, off; empty: solid. */
  readonly dash: readonly number[];
  readonly points: readonly ChartPoint[];
  /** Pixels per point, which is for points that no segment would show; 0 where no point has any. */
  readonly radii: 0 | readonly number[];
}

/** A filled area between two curves: min/max of a bucket, or actual against scheduled LR. */
export interface ChartBand {
  readonly id: string;
  readonly series: string;
  readonly axis: AxisId;
  readonly ink: Ink;
  /** Also outlines the area, so that a thin one is still seen. */
  readonly outlined: boolean;
  readonly points: readonly { readonly x: number; readonly low: number; readonly high: number }[];
}

/** A value that has no place on the axis: a triangle at its edge. */
export interface ChartMark {
  readonly id: string;
  readonly series: string;
  readonly axis: AxisId;
  readonly x: number;
  readonly value: "NaN" | "Infinity" | "-Infinity";
  readonly ink: Ink;
}

/** A stretch of the x axis, shaded and named. */
export interface ChartRange {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly ink: Ink;
  /** Row of the label, from the top: labels that would overlap get their own. */
  readonly lane: number;
  /** Which end of the label stands at the annotation. */
  readonly anchor: "start" | "end";
}

/** A moment on the x axis: a vertical line, named. */
export interface ChartRule {
  readonly id: string;
  readonly x: number;
  readonly label: string;
  readonly ink: Ink;
  readonly dash: readonly number[];
  readonly lane: number;
  readonly anchor: "start" | "end";
}

export interface Tick {
  readonly value: number;
  readonly label: string;
}

export interface ChartAxis {
  readonly scale: ScaleKind;
  readonly min: number;
  readonly max: number;
  readonly title: string;
  readonly ticks: readonly Tick[];
  /** Between the ticks, without labels: a log axis is read by them. */
  readonly minor: readonly number[];
  /** On a log axis: where zero and negative values are drawn. */
  readonly floor: number | null;
}

export interface LegendEntry {
  readonly series: string;
  readonly axis: AxisId;
  readonly label: string;
  readonly ink: Ink;
  readonly dash: readonly number[];
  readonly width: number;
  /** A filled swatch instead of a line. */
  readonly area: boolean;
}

export interface HoverRow {
  readonly series: string;
  readonly label: string;
  readonly ink: Ink;
  readonly dash: readonly number[];
  /** Every digit. */
  readonly value: string;
  /** Another reading of it: `smoothed 0.0921`, `×0.5`. */
  readonly beside?: string | null;
  /** Where the value is from when not from the step pointed at, or its bucket's range. */
  readonly note: string | null;
}

export interface HoverCard {
  readonly x: number;
  readonly title: string;
  readonly rows: readonly HoverRow[];
  readonly dots: readonly {
    readonly axis: AxisId;
    readonly x: number;
    readonly y: number;
    readonly ink: Ink;
  }[];
  /** Annotations at this place, in full. */
  readonly notes: readonly string[];
}

export interface ChartTable {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ReadyChart {
  readonly state: "ready";
  readonly title: string;
  /** One sentence: what a reader who cannot see the picture should know. */
  readonly summary: string;
  readonly x: ChartAxis;
  readonly left: ChartAxis | null;
  readonly right: ChartAxis | null;
  readonly lines: readonly ChartLine[];
  readonly bands: readonly ChartBand[];
  readonly marks: readonly ChartMark[];
  readonly ranges: readonly ChartRange[];
  readonly rules: readonly ChartRule[];
  readonly legend: readonly LegendEntry[];
  readonly table: ChartTable;
  /** What was left out, in words; null when everything is shown. */
  readonly omitted: string | null;
  /** x of every real sample in view, ascending: where the crosshair can stand. */
  readonly stops: readonly number[];
  /** The step drawn at `x`, fractional between samples; null when unknown. */
  stepOf(x: number): number | null;
  /** Everything at the real sample nearest to `x`. */
  hoverAt(x: number): HoverCard | null;
  /** The same data as comma-separated values (RFC 4180), as logged. */
  csv(): string;
}

export type ChartRemedy = "reset-zoom" | "x-step" | "add-metric";

export interface EmptyChart {
  readonly state: "empty";
  readonly title: string;
  readonly reason: string;
  readonly remedy: { readonly kind: ChartRemedy; readonly label: string } | null;
}

export type ChartModel = ReadyChart | EmptyChart;
