import { toNumber } from "@/lib/contracts/wire-number";
import type { Overlay } from "@/lib/contracts/overlay";
import { rateAt } from "./lr-curve";
import { placedPoints } from "./series-line";

export interface DriftArea {
  readonly from: number;
  readonly to: number;
  /** Actual and scheduled LR at each real sample of the actual one. */
  readonly points: readonly { readonly x: number; readonly low: number; readonly high: number }[];
}

/**
 * The area between the actual LR and the one it should have been (effective where reductions were applied, else
 * declared), over each stretch where the audit found them apart.
 */
export function driftAreas({ lr, drift }: Overlay): DriftArea[] {
  const reference = lr.effective ?? lr.declared;
  if (!lr.actual || !reference) return [];
  const actual = placedPoints(lr.actual);
  return drift.flatMap((span) => {
    const points = actual.flatMap((point) => {
      if (point.step < span.from_step || point.step > span.to_step) return [];
      const [is, should] = [toNumber(point.last), rateAt(reference, point.step)];
      if (should === null || !Number.isFinite(is)) return [];
      return [{ x: point.x, low: Math.min(is, should.lr), high: Math.max(is, should.lr) }];
    });
    return points.length === 0 ? [] : [{ from: span.from_step, to: span.to_step, points }];
  });
}
