import type { NonFinite } from "@/lib/contracts/common";
import type { SeriesPoint } from "@/lib/contracts/metrics";
import type { ChartPoint, ChartRange } from "./chart-model";

/** Neighbours that hold values which are not finite: one span and one mark, however many they are. */
export interface Stretch {
  /** Where the curve left its range, before it broke off. */
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly first: { readonly x: number; readonly value: NonFinite };
  /** Nothing finite comes after it. */
  readonly last: boolean;
}

type Placed = SeriesPoint & { readonly x: number };

/** A value that rises to this many times all before it, and then is none, has exploded. */
const EXPLODED = 10;

/** The stretches of a series, and the x of what exploded before them. */
export function stretchesIn(points: readonly Placed[]): { stretches: Stretch[]; exploded: Set<number> } {
  const stretches: Stretch[] = [];
  const exploded = new Set<number>();
  for (let i = 0; i < points.length; i += 1) {
    const [point, value] = [points[i], nonFiniteIn(points[i])[0]];
    if (!point || value === undefined) continue;
    let end = i;
    while (nonFiniteIn(points[end + 1]).length > 0) end += 1;
    const rise = riseBefore(points, i);
    for (const { x } of rise) exploded.add(x);
    const { x: from, step } = rise[0] ?? point;
    const last = end === points.length - 1 && typeof points[end]?.last === "string";
    stretches.push({ from, to: points[end]?.x ?? point.x, step, first: { x: point.x, value }, last });
    i = end;
  }
  return { stretches, exploded };
}

/** The points on the way up to `points[i]` that are out of all proportion to those before the way began. */
function riseBefore(points: readonly Placed[], i: number): Placed[] {
  let foot = i - 1;
  while (foot > 0 && sizeOf(points[foot]) > sizeOf(points[foot - 1])) foot -= 1;
  const usual = points.slice(0, foot + 1).reduce((most, point) => Math.max(most, sizeOf(point)), 0);
  return points.slice(foot + 1, i).filter((point) => sizeOf(point) > EXPLODED * usual);
}

const sizeOf = (point: Placed | undefined): number =>
  Math.max(Math.abs(point?.min ?? 0), Math.abs(point?.max ?? 0));

function nonFiniteIn(point: SeriesPoint | undefined): NonFinite[] {
  if (!point) return [];
  return typeof point.last === "string"
    ? [point.last, ...(point.nonfinite ?? [])]
    : [...(point.nonfinite ?? [])];
}

/** The points that an axis has to hold: what exploded leaves the picture instead of flattening all the rest. */
export const heightsOf = (
  raw: readonly ChartPoint[],
  exploded: ReadonlySet<number>,
): readonly ChartPoint[] => (exploded.size === 0 ? raw : raw.filter(({ x }) => !exploded.has(x)));

/** More than these are weather: their marks alone are drawn. */
const MOST_SPANS = 12;

/** A stretch of x where some series has no finite value, those that overlap as one. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly mark: Stretch["first"];
}

/** @param end where the picture ends: what never became finite again goes on to it */
export function spansOf(stretches: readonly Stretch[], end: number): Span[] {
  const sorted = stretches
    .map((one) => ({ ...one, to: one.last ? Math.max(one.to, end) : one.to }))
    .sort((a, b) => a.from - b.from);
  const merged: (typeof sorted)[number][] = [];
  for (const one of sorted) {
    const before = merged.at(-1);
    if (!before || one.from > before.to) merged.push(one);
    else
      merged[merged.length - 1] = {
        ...before,
        to: Math.max(before.to, one.to),
        last: before.last || one.last,
      };
  }
  if (merged.length > MOST_SPANS) return [];
  return merged.map(({ from, to, step, first, last }) => {
    const label = last ? `diverged at step ${step}` : "";
    return { from, to, label, mark: first };
  });
}

const SPAN_INK = { css: "var(--chart-failed)", alpha: 0.07 };

export const rangeOfSpan = ({ from, to, label }: Span): Omit<ChartRange, "lane" | "anchor"> => ({
  id: `diverged-${from}`,
  from,
  to,
  label,
  ink: SPAN_INK,
});
