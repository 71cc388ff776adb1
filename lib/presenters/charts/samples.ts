import { toNumber } from "@/lib/contracts/wire-number";
import type { SeriesPoint } from "@/lib/contracts/metrics";
import { formatValue, fullPrecision } from "@/lib/presenters/format/number";
import { nearestIndex } from "./step-map";
import type { RowPlace } from "./table";
import { placedPoints, type Logged, type PlacedPoint } from "./series-line";

export interface Sample {
  readonly step: number;
  readonly x: number;
  readonly value: number;
  /** Every digit. */
  readonly text: string;
  /** How many observations its bucket holds, and their range; null for a single one. */
  readonly bucket: string | null;
}

function bucketText({ count, min, max }: SeriesPoint): string | null {
  if (count < 2 || min === max) return null;
  return `${count} points, ${formatValue(min)} to ${formatValue(max)}`;
}

const sampleOf = (point: PlacedPoint): Sample => ({
  step: point.step,
  x: point.x,
  value: toNumber(point.last),
  text: fullPrecision(point.last),
  bucket: bucketText(point),
});

/** A series' real samples. Each is put into words only when it is asked for: there may be a hundred thousand. */
export class Samples {
  readonly steps: readonly number[];
  readonly points: readonly PlacedPoint[];
  private byMoment: ReadonlyMap<string, PlacedPoint> | null = null;
  private byX: { readonly xs: readonly number[]; readonly points: readonly PlacedPoint[] } | null = null;

  constructor(series: Logged) {
    this.points = placedPoints(series);
    this.steps = this.points.map((point) => point.step);
  }

  nearest(step: number): Sample | null {
    const point = this.points[nearestIndex(this.steps, step)];
    return point ? sampleOf(point) : null;
  }

  at(step: number): Sample | null {
    const point = this.points[nearestIndex(this.steps, step)];
    return point?.step === step ? sampleOf(point) : null;
  }

  /** What was logged at the step or, where a moment is named, then. */
  in({ step, x }: RowPlace): Sample | null {
    if (x === undefined) return this.at(step);
    this.byMoment ??= new Map(this.points.map((point) => [`${point.step} ${point.x}`, point]));
    const point = this.byMoment.get(`${step} ${x}`);
    return point ? sampleOf(point) : null;
  }

  /** The sample nearest on the x axis, whatever its step. */
  nearestX(x: number): Sample | null {
    this.byX ??= orderedByX(this.points);
    const point = this.byX.points[nearestIndex(this.byX.xs, x)];
    return point ? sampleOf(point) : null;
  }
}

function orderedByX(points: readonly PlacedPoint[]) {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  return { xs: sorted.map(({ x }) => x), points: sorted };
}
