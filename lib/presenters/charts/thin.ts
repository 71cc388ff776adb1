import type { ChartPoint, Range } from "./chart-model";

/** Whether x never goes back, which is looked up once for a line's points. */
const ordered = new WeakMap<readonly ChartPoint[], boolean>();

function isOrdered(points: readonly ChartPoint[]): boolean {
  const known = ordered.get(points);
  if (known !== undefined) return known;
  let is = true;
  for (let i = 1; i < points.length && is; i += 1) is = (points[i]?.x ?? 0) >= (points[i - 1]?.x ?? 0);
  ordered.set(points, is);
  return is;
}

/** More points than this in a column of pixels are drawn as what they cover. */
const PER_PIXEL = 4;

/**
 * The part of a line that a plot of `width` pixels shows from `min` to `max`, with a point on either side for where it
 * goes on. Where more points share a column of pixels than a reader could tell apart, the first, lowest, highest and last
 * of them stay, in their order: the picture is the same, spikes and gaps included (M4: Jugel et al., VLDB 2014). A line
 * whose x goes to and fro comes back whole.
 */
export function thinned(
  points: readonly ChartPoint[],
  { min, max }: Range,
  width: number,
): readonly ChartPoint[] {
  if (!isOrdered(points)) return points;
  const from = Math.max(0, firstAt(points, min, false) - 1);
  const to = Math.min(points.length, firstAt(points, max, true) + 1);
  if (to - from <= PER_PIXEL * width)
    return from === 0 && to === points.length ? points : points.slice(from, to);
  const column = (x: number) => Math.floor(((x - min) / (max - min || 1)) * width);
  const kept: ChartPoint[] = [];
  let start = from;
  for (let i = from + 1; i <= to; i += 1) {
    const [a, b] = [points[start], points[i]];
    if (a && b && i < to && (a.y === null) === (b.y === null) && column(a.x) === column(b.x)) continue;
    keep(points, start, i, kept);
    start = i;
  }
  return kept;
}

/** First, lowest, highest and last of `points[from..to)`, which are all numbers or all gaps. */
function keep(points: readonly ChartPoint[], from: number, to: number, kept: ChartPoint[]): void {
  const height = (i: number) => points[i]?.y ?? 0;
  let [low, high] = [from, from];
  for (let i = from + 1; i < to; i += 1) {
    if (height(i) < height(low)) low = i;
    if (height(i) > height(high)) high = i;
  }
  for (const i of new Set([from, Math.min(low, high), Math.max(low, high), to - 1])) {
    const point = points[i];
    if (point) kept.push(point);
  }
}

/** Index of the first point whose x is at least `x`, or beyond it. */
function firstAt(points: readonly ChartPoint[], x: number, beyond: boolean): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = points[middle]?.x ?? Infinity;
    if (beyond ? at <= x : at < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
