import { placeOn } from "./axis";
import type { AxisId, ChartAxis, ChartBand, ChartLine, ChartMark, ChartPoint } from "./chart-model";
import { ENVELOPE_ALPHA, faint, RAW_ALPHA } from "./inks";
import { lonelyRadii } from "./series-line";
import type { OverlaySeries } from "./overlay-series";

type Axes = Readonly<Record<AxisId, ChartAxis | null>>;

const placed = (points: readonly ChartPoint[], axis: ChartAxis | null): ChartPoint[] =>
  points.map(({ x, y }) => ({ x, y: y === null || !axis ? y : placeOn(axis, y) }));

/** A line per series, later ones on top; with smoothing two, all raw ones under all smooth ones, and faint. */
export function linesOf(series: readonly OverlaySeries[], axes: Axes): ChartLine[] {
  const raws: ChartLine[] = [];
  const lines = series.map((one) => {
    const axis = axes[one.axis];
    const style = { series: one.id, axis: one.axis, dash: one.dash };
    const raw = placed(one.raw, axis);
    const line = {
      ...style,
      id: one.id,
      ink: one.ink,
      width: one.width,
      points: raw,
      radii: lonelyRadii(raw),
    };
    if (!one.smoothed) return line;
    raws.push({ ...line, id: `${one.id}:raw`, ink: faint(one.ink, RAW_ALPHA), width: 1, dash: [] });
    const smoothed = placed(one.smoothed, axis);
    return { ...line, points: smoothed, radii: lonelyRadii(smoothed) };
  });
  return [...raws, ...lines];
}

/** The range within each bucket, where there is one. */
export function bandsOf(series: readonly OverlaySeries[], axes: Axes): ChartBand[] {
  return series.flatMap((one) => {
    if (one.envelope.length === 0) return [];
    const axis = axes[one.axis];
    const points = one.envelope.map(({ x, low, high }) =>
      axis ? { x, low: placeOn(axis, low), high: placeOn(axis, high) } : { x, low, high },
    );
    const ink = faint(one.ink, ENVELOPE_ALPHA);
    return [{ id: `${one.id}:range`, series: one.id, axis: one.axis, ink, outlined: false, points }];
  });
}

export function marksOf(series: readonly OverlaySeries[]): ChartMark[] {
  return series.flatMap((one) =>
    one.marks.map(({ x, value }) => ({
      id: `${one.id}:${value}:${x}`,
      series: one.id,
      axis: one.axis,
      x,
      value,
      ink: one.ink,
    })),
  );
}
