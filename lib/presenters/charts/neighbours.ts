import type { MetricSeries, SeriesPoint } from "@/lib/contracts/metrics";
import { lastAtOrBelow } from "./step-map";
import type { StepWindow } from "./zoom";

/**
 * A window's points between those of the whole run before and behind them, so that a line leaves the picture towards
 * where it goes instead of ending inside, and so that a chart that is moved has something to show at once. The two next
 * to the window are single samples: their bucket's range is drawn towards the window, and none of it lies there. Where
 * such a one is not finite the line has nowhere to go.
 *
 * @param whole the same metric over the whole run on the same x; absent: the series comes back as it is
 */
export function withNeighbours<P extends SeriesPoint>(
  series: Series<P>,
  whole: Series<P> | undefined,
  window: StepWindow,
): Series<P> {
  if (!whole) return series;
  const steps = whole.points.map((point) => point.step);
  // By the points themselves: while the next window is on its way, those of the one before are still shown.
  const from = series.points[0]?.step ?? window.from;
  const to = series.points.at(-1)?.step ?? window.to;
  const before = lastAtOrBelow(steps, from - 1);
  const behind = lastAtOrBelow(steps, to) + 1;
  return {
    ...series,
    points: [
      ...whole.points.slice(0, Math.max(0, before)),
      ...asSample(whole.points[before]),
      ...series.points,
      ...asSample(whole.points[behind]),
      ...whole.points.slice(behind + 1),
    ],
  };
}

type Series<P> = Omit<MetricSeries, "points"> & { readonly points: readonly P[] };

function asSample<P extends SeriesPoint>(point: P | undefined): P[] {
  if (!point || typeof point.last !== "number") return [];
  const single = { ...point, min: point.last, max: point.last, mean: point.last, count: 1 };
  delete single.nonfinite;
  return [single];
}
