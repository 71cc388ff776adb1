import type { MetricSeries } from "@/lib/contracts/metrics";
import type { Overlay } from "@/lib/contracts/overlay";
import type { AxisId, Ink, LegendEntry } from "./chart-model";
import { driftAreas } from "./drift";
import { DRIFT_ALPHA, DRIFT_INK, faint, LR_INK, LR_STYLES, metricStyle, solid } from "./inks";
import { groupLines } from "./lr-curve";
import { withNeighbours } from "./neighbours";
import { prepareSeries, type PreparedSeries } from "./series-line";

/** One thing on the chart, with the values it was logged or evaluated with. */
export interface OverlaySeries extends PreparedSeries {
  readonly id: string;
  /** The legend's entry that it belongs to; its own when absent. */
  readonly series?: string;
  readonly label: string;
  readonly axis: AxisId;
  readonly ink: Ink;
  readonly dash: readonly number[];
  readonly width: number;
  /** What its samples come from, for hovering and the table; null for a schedule. */
  readonly logged: MetricSeries | null;
}

const SCHEDULED = { smoothed: null, envelope: [], stretches: [], logged: null } as const;

interface MetricFrame {
  readonly runCss: string;
  /** As for `smooth`. */
  readonly smoothing: number;
  readonly range: number;
  /** The whole run on the same x, when the overlay is a part of it. */
  readonly whole: Overlay | null;
}

/** `keys` are the metrics to show, in the order that gives them their style. */
export function metricSeries(
  overlay: Overlay,
  keys: readonly string[],
  { runCss, smoothing, range, whole }: MetricFrame,
): OverlaySeries[] {
  return keys.flatMap((key, index) => {
    const series = overlay.metrics.find((metric) => metric.key === key);
    if (!series) return [];
    const style = metricStyle(runCss, index);
    const around = whole?.metrics.find((metric) => metric.key === key);
    return [
      {
        id: key,
        label: key,
        axis: "left",
        ...style,
        ...prepareSeries(withNeighbours(series, around, overlay), smoothing, range),
        logged: series,
      },
    ];
  });
}

/** Declared under effective under actual: what happened lies on top of what should have. */
export function lrSeries(overlay: Overlay, whole: Overlay | null): OverlaySeries[] {
  const { lr } = overlay;
  const scheduled = (["declared", "effective"] as const).flatMap((which) => {
    const curve = lr[which];
    if (!curve) return [];
    return groupLines(curve).map(({ group, points }) => ({
      ...SCHEDULED,
      id: group === 0 ? which : `${which}-${group}`,
      label: group === 0 ? `LR ${which}` : `LR ${which}, group ${group}`,
      axis: "right" as const,
      ink: group === 0 ? LR_INK : faint(LR_INK, 0.55),
      ...LR_STYLES[which],
      raw: points,
      heights: points,
    }));
  });
  if (!lr.actual) return scheduled;
  const actual: OverlaySeries = {
    ...prepareSeries(withNeighbours(lr.actual, whole?.lr.actual ?? undefined, overlay), 0, 1),
    id: "actual",
    label: "LR actual",
    axis: "right",
    ink: solid(LR_INK.css),
    ...LR_STYLES.actual,
    logged: lr.actual,
  };
  return [...scheduled, actual];
}

const entry = ({ id, axis, label, ink, dash, width }: OverlaySeries): LegendEntry => ({
  series: id,
  axis,
  label,
  ink,
  dash,
  width,
  area: false,
});

export function overlayLegend(overlay: Overlay, series: readonly OverlaySeries[]): LegendEntry[] {
  const drift = driftAreas(overlay).length > 0;
  const ink = faint(DRIFT_INK, DRIFT_ALPHA * 2);
  return [
    ...series.map(entry),
    ...(drift
      ? [{ series: "drift", axis: "right" as const, label: "LR drift", ink, dash: [], width: 0, area: true }]
      : []),
  ];
}
