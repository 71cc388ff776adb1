export interface MiniPoint {
  readonly x: number;
  readonly y: number;
}

export interface MiniLine {
  readonly name: string;
  readonly points: readonly MiniPoint[];
  /** As in `stroke-dasharray`; absent: solid. */
  readonly dash?: string;
  /** A CSS colour. */
  readonly ink: string;
}

/** A small chart without axes: one x and one y range for all lines, and moments that are marked. */
export interface MiniChart {
  readonly x: { readonly min: number; readonly max: number };
  readonly y: { readonly min: number; readonly max: number };
  /** The ends of y, written out. */
  readonly ends: { readonly top: string; readonly bottom: string };
  readonly lines: readonly MiniLine[];
  /** Stretch that is shaded. */
  readonly band: { readonly from: number; readonly to: number } | null;
  readonly marks: readonly { readonly x: number; readonly label: string; readonly ink: string }[];
  /** The chart in a sentence. */
  readonly summary: string;
}

/** The least range that holds all points; never empty, so that a flat line lies in the middle. */
export function rangeOf(values: readonly number[]): { min: number; max: number } {
  const min = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const max = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (min < max) return { min, max };
  const middle = Number.isFinite(min) ? min : 0;
  const half = Math.abs(middle) / 2 || 1;
  return { min: middle - half, max: middle + half };
}

/** 0 at the left or the top, 1 at the right or the bottom. */
export const shareX = ({ x }: Pick<MiniChart, "x">, at: number): number =>
  (at - x.min) / (x.max - x.min || 1);
const shareY = ({ y }: Pick<MiniChart, "y">, at: number): number => (y.max - at) / (y.max - y.min || 1);

/** The line as an SVG path in a box of 1000 × 1000. */
export const miniPath = (chart: Pick<MiniChart, "x" | "y">, { points }: MiniLine): string =>
  points
    .map(({ x, y }, i) => {
      const [left, top] = [shareX(chart, x) * 1000, shareY(chart, y) * 1000];
      return `${i === 0 ? "M" : "L"}${left.toFixed(1)} ${top.toFixed(1)}`;
    })
    .join("");
