import { toNumber } from "@/lib/contracts/wire-number";
import type { Overlay } from "@/lib/contracts/overlay";
import { rateAt } from "./lr-curve";
import { holeBefore, placedPoints } from "./series-line";

export interface DriftArea {
  readonly from: number;
  readonly to: number;
  /** Actual and scheduled LR at each real sample of the actual one. */
  readonly points: readonly { readonly x: number; readonly low: number; readonly high: number }[];
}

/**
 * The area between the actual LR and the one it should have been (effective where reductions were applied, else
 * declared), over each stretch where the audit found them apart; nothing across a hole in the log.
 */
export function driftAreas({ lr, drift }: Overlay): DriftArea[] {
  const reference = lr.effective ?? lr.declared;
  if (!lr.actual || !reference) return [];
  const actual = placedPoints(lr.actual);
  return drift.flatMap((span) => {
    const pieces: { step: number; x: number; low: number; high: number }[][] = [[]];
    actual.forEach((point, i) => {
      const { x, step } = point;
      if (step < span.from_step || step > span.to_step) return;
      const [is, should] = [toNumber(point.last), rateAt(reference, step)];
      const isShown = should !== null && Number.isFinite(is);
      if (!isShown || holeBefore(actual, i)) pieces.push([]);
      if (isShown)
        pieces.at(-1)?.push({ step, x, low: Math.min(is, should.lr), high: Math.max(is, should.lr) });
    });
    return pieces.flatMap((points) => {
      const [first, last] = [points[0], points.at(-1)];
      return first && last ? [{ from: first.step, to: last.step, points }] : [];
    });
  });
}
