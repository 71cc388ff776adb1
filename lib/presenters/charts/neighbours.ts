import type { MetricSeries, SeriesPoint } from "@/lib/contracts/metrics";
import { lastAtOrBelow } from "./step-map";
import type { StepWindow } from "./zoom";

/**
 * A window's points with one sample of the whole run before and behind them, so that a line leaves the picture towards
 * where it goes instead of ending inside. A neighbour is its bucket's last observation: drawn as that one value, without
 * its bucket's range, since none of it lies in the window. Where that value is not finite the line has nowhere to go.
 *
 * @param whole the same metric over the whole run on the same x; absent: the series comes back as it is
 */
export function withNeighbours(
  series: MetricSeries,
  whole: MetricSeries | undefined,
  window: StepWindow,
): MetricSeries {
  if (!whole) return series;
  const steps = whole.points.map((point) => point.step);
  const from = Math.min(window.from, series.points[0]?.step ?? window.from);
  const to = Math.max(window.to, series.points.at(-1)?.step ?? window.to);
  const before = asSample(whole.points[lastAtOrBelow(steps, from - 1)]);
  const behind = asSample(whole.points[lastAtOrBelow(steps, to) + 1]);
  return { ...series, points: [...before, ...series.points, ...behind] };
}

function asSample(point: SeriesPoint | undefined): SeriesPoint[] {
  if (!point || typeof point.last !== "number") return [];
  const { x, step, last, mean } = point;
  return [{ x, step, last, mean, min: last, max: last, count: 1 }];
}
