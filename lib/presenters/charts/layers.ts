import { placeOn } from "./axis";
import type { AxisId, ChartAxis, ChartBand, ChartLine, ChartMark, ChartPoint } from "./chart-model";
import { ENVELOPE_ALPHA, faint, RAW_ALPHA } from "./inks";
import { lonelyRadii } from "./series-line";
import type { OverlaySeries } from "./overlay-series";

type Axes = Readonly<Record<AxisId, ChartAxis | null>>;

/** Only an axis with a floor moves anything: without one the points stay the very same, and nothing is made anew. */
const placed = (points: readonly ChartPoint[], axis: ChartAxis | null): readonly ChartPoint[] =>
  axis === null || axis.floor === null
    ? points
    : points.map(({ x, y }) => ({ x, y: y === null ? y : placeOn(axis, y) }));

type Radii = ChartLine["radii"];

/** A line that was drawn before has the same lonely points. */
const knownRadii = new WeakMap<readonly ChartPoint[], Radii>();

function radiiOf(points: readonly ChartPoint[]): Radii {
  const known = knownRadii.get(points) ?? lonelyRadii(points);
  knownRadii.set(points, known);
  return known;
}

const belongsTo = ({ series, id }: OverlaySeries): string => series ?? id;

/** A line per series, later ones on top; with smoothing two, all raw ones under all smooth ones, and faint. */
export function linesOf(series: readonly OverlaySeries[], axes: Axes): ChartLine[] {
  const raws: ChartLine[] = [];
  const lines = series.map((one) => {
    const axis = axes[one.axis];
    const style = { series: belongsTo(one), axis: one.axis, dash: one.dash };
    const raw = placed(one.raw, axis);
    const line = {
      ...style,
      id: one.id,
      ink: one.ink,
      width: one.width,
      points: raw,
      radii: radiiOf(raw),
    };
    if (!one.smoothed) return line;
    raws.push({ ...line, id: `${one.id}:raw`, ink: faint(one.ink, RAW_ALPHA), width: 1, dash: [] });
    const smoothed = placed(one.smoothed, axis);
    return { ...line, points: smoothed, radii: radiiOf(smoothed) };
  });
  return [...raws, ...lines];
}

export const bandOn = (axis: ChartAxis | null, points: ChartBand["points"]): ChartBand["points"] =>
  axis === null || axis.floor === null
    ? points
    : points.map(({ x, low, high }) => ({ x, low: placeOn(axis, low), high: placeOn(axis, high) }));

/** The range within each bucket, where there is one. */
export function bandsOf(series: readonly OverlaySeries[], axes: Axes): ChartBand[] {
  return series.flatMap((one) => {
    const band = {
      series: belongsTo(one),
      axis: one.axis,
      ink: faint(one.ink, ENVELOPE_ALPHA),
      outlined: false,
    };
    return one.envelope.map((piece, i) => ({
      ...{ ...band, id: `${one.id}:range:${i}`, points: bandOn(axes[one.axis], piece) },
    }));
  });
}

/** One for each stretch, however long. */
export function marksOf(series: readonly OverlaySeries[]): ChartMark[] {
  return series.flatMap((one) =>
    one.stretches.map(({ first: { x, value } }) => ({
      id: `${one.id}:${value}:${x}`,
      series: belongsTo(one),
      axis: one.axis,
      x,
      value,
      ink: one.ink,
    })),
  );
}
