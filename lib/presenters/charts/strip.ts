import { toNumber } from "@/lib/contracts/wire-number";
import type { Overlay } from "@/lib/contracts/overlay";
import { pointsPath } from "./sparkline";
import type { StepWindow } from "./zoom";

export const STRIP_WIDTH = 1000;
export const STRIP_HEIGHT = 32;

export interface StripModel {
  /** Path in a box of `STRIP_WIDTH` × `STRIP_HEIGHT`; "" when there is nothing to draw. */
  readonly metric: string;
  readonly lr: string;
}

/** The whole run in little: its first metric on a log scale where it can be, and the LR's shape. Always by steps. */
export function presentStrip(whole: Overlay, key: string | undefined, extent: StepWindow): StripModel {
  const series = whole.metrics.find((metric) => metric.key === key) ?? whole.metrics[0];
  const values = (series?.points ?? []).map((point) => ({ x: point.step, y: point.mean ?? null }));
  const log = values.every(({ y }) => y === null || y > 0);
  const metric = log ? values.map(({ x, y }) => ({ x, y: y === null ? null : Math.log(y) })) : values;
  const rates = (whole.lr.actual?.points ?? []).map((point) => ({ x: point.step, y: toNumber(point.last) }));
  const x = { min: extent.from, max: extent.to };
  const path = (points: readonly { x: number; y: number | null }[]) =>
    pointsPath(points, x, STRIP_WIDTH, STRIP_HEIGHT);
  return { metric: path(metric), lr: path(rates) };
}
