import type { Chart, Scale } from "chart.js";
import type { AxisId } from "@/lib/presenters/charts/chart-model";

/** An axis where it lies: the values at its ends, and the pixels that they stand on. */
export interface PlacedAxis {
  readonly log: boolean;
  readonly min: number;
  readonly max: number;
  readonly from: number;
  readonly to: number;
}

/** What curves are drawn on: the chart itself, or a picture of a part of it. */
export interface Stage extends Readonly<Record<AxisId, PlacedAxis | null>> {
  readonly ctx: CanvasRenderingContext2D;
  readonly x: PlacedAxis;
  /** Columns to a pixel that a line is drawn in, 1 or fewer. */
  readonly detail: number;
}

/** The chart as it stands; null before it has axes. */
export function stageOf({ ctx, scales }: Chart): Stage | null {
  const { x, left, right } = scales;
  if (!x) return null;
  return {
    ctx,
    x: placed(x),
    left: left ? placed(left) : null,
    right: right ? placed(right) : null,
    detail: 1,
  };
}

function placed(scale: Scale): PlacedAxis {
  const { min, max } = scale;
  const [from, to] = [scale.getPixelForValue(min), scale.getPixelForValue(max)];
  return { log: scale.type === "logarithmic", min, max, from, to };
}

/** What `getPixelForValue` gives, without asking anew for each of a hundred thousand points what it is made of. */
export function along({ log, min, max, from, to }: PlacedAxis): (value: number) => number {
  if (log) {
    const size = (to - from) / Math.log(max / min);
    // What lies at or under zero outside of what is shown has no floor there: it leaves at the bottom.
    return (value) => (value > 0 ? from + Math.log(value / min) * size : from);
  }
  const size = (to - from) / (max - min);
  return (value) => from + (value - min) * size;
}

/** The axis made longer at both ends by a share of itself, which goes on beyond them as it is. */
export function widened(axis: PlacedAxis, share: number): PlacedAxis {
  const { log, min, max, from, to } = axis;
  const pixels = (to - from) * share;
  const ends = { from: from - pixels, to: to + pixels };
  if (log) {
    const factor = Math.pow(max / min, share);
    return { log, min: min / factor, max: max * factor, ...ends };
  }
  const span = (max - min) * share;
  return { log, min: min - span, max: max + span, ...ends };
}
