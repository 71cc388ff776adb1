import { toNumber } from "@/lib/contracts/wire-number";
import type { MetricSeries, SeriesPoint } from "@/lib/contracts/metrics";
import { formatValue, fullPrecision } from "@/lib/presenters/format/number";
import { nearestIndex } from "./step-map";
import { placedPoints } from "./series-line";

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

/** A series' real samples by step. */
export class Samples {
  readonly steps: readonly number[];
  private readonly samples: readonly Sample[];

  constructor(series: MetricSeries) {
    this.samples = placedPoints(series).map((point) => ({
      step: point.step,
      x: point.x,
      value: toNumber(point.last),
      text: fullPrecision(point.last),
      bucket: bucketText(point),
    }));
    this.steps = this.samples.map((sample) => sample.step);
  }

  nearest(step: number): Sample | null {
    return this.samples[nearestIndex(this.steps, step)] ?? null;
  }

  at(step: number): Sample | null {
    const sample = this.nearest(step);
    return sample?.step === step ? sample : null;
  }

  [Symbol.iterator](): Iterator<Sample> {
    return this.samples[Symbol.iterator]();
  }
}
